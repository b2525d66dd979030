// What `seqload plan` does to a file of make_rows.py, said to DuckDB:
//
//   NODE_PATH=…/node_modules node duckdb_plan.cjs FILE
//
// Prints the totals as JSON. A group is a contact in a sequence; in these files it has one mailbox.

const { DuckDBInstance } = require('@duckdb/node-api')

const query = `
  SELECT sequence_id, email_account_id,
         count(*) FILTER (valid) AS to_send,
         coalesce(sum(rows - 1) FILTER (valid), 0) AS duplicate,
         coalesce(sum(rows) FILTER (NOT valid), 0) AS invalid
  FROM (SELECT contact_id, sequence_id, email_account_id, count(*) AS rows,
               regexp_full_match(contact_id, '[0-9a-fA-F]{24}') AND
               regexp_full_match(sequence_id, '[0-9a-fA-F]{24}') AND
               regexp_full_match(email_account_id, '[0-9a-fA-F]{24}') AS valid
        FROM read_csv($file, header = true, delim = ',', quote = '"', auto_detect = false,
                      columns = {'contact_id': 'VARCHAR', 'sequence_id': 'VARCHAR',
                                 'email_account_id': 'VARCHAR', 'company': 'VARCHAR'})
        GROUP BY contact_id, sequence_id, email_account_id)
  GROUP BY sequence_id, email_account_id`

async function main() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', preserve_insertion_order: 'false' })
  const connection = await instance.connect()
  const result = await connection.runAndReadAll(query, { file: process.argv[2] })
  const totals = { rows: 0, to_send: 0, duplicate: 0, invalid: 0, targets: 0 }
  for (const [, , toSend, duplicate, invalid] of result.getRows()) {
    totals.to_send += Number(toSend)
    totals.duplicate += Number(duplicate)
    totals.invalid += Number(invalid)
    totals.targets += Number(toSend) > 0 ? 1 : 0
  }
  totals.rows = totals.to_send + totals.duplicate + totals.invalid
  console.log(JSON.stringify(totals))
}

main()
