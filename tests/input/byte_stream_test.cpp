#include "seqload/input/byte_stream.hpp"

#include "support/archives.hpp"
#include "support/temporary_directory.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace seqload;
using namespace seqload::input;
using test::gzip;
using test::zstd;

namespace {

class ByteStreamFixture {
public:
    // The unpacked text, or the error as it is shown, without the directory.
    std::string read(std::string_view bytes) {
        const std::string path = directory_.write("file", bytes);
        InputFile file = InputFile::open("file", path).value();
        auto stream = open_byte_stream(file);
        if (!stream)
            return to_string(stream.error());
        std::string text;
        while (true) {
            // A size that divides neither blocks nor frames.
            std::string part(70'001, '\0');
            const auto size = (*stream)->read(part.data(), part.size());
            if (!size)
                return to_string(size.error());
            text += part.substr(0, *size);
            if (*size < part.size())
                return text;
        }
    }

private:
    test::TemporaryDirectory directory_;
};

std::string long_text() {
    std::string text;
    for (int line = 0; line < 100'000; ++line)
        text += std::to_string(line * 7919 % 1'000'003) + ",row\n";
    return text;
}

}  // namespace

TEST_CASE_FIXTURE(ByteStreamFixture, "plain, gzip and zstd are told apart by their first bytes") {
    const std::string text = long_text();
    CHECK(read(text) == text);
    CHECK(read(gzip(text)) == text);
    CHECK(read(zstd(text)) == text);
    CHECK(read("").empty());
    CHECK(read(gzip("")).empty());
    CHECK(read(zstd("")).empty());
}

TEST_CASE_FIXTURE(ByteStreamFixture, "archives of several members or frames are read to the last") {
    const std::string text = long_text();
    CHECK(read(gzip(text) + gzip("more\n") + gzip("")) == text + "more\n");
    CHECK(read(zstd(text) + zstd("more\n") + zstd("")) == text + "more\n");
    const std::string skippable("\x50\x2A\x4D\x18\x03\0\0\0abc", 11);
    CHECK(read(skippable + zstd("a") + skippable + zstd("b")) == "ab");
}

TEST_CASE_FIXTURE(ByteStreamFixture, "an archive that is cut off anywhere is an error") {
    const std::string text = "contact_id,label\n1,2\n";
    for (const std::string& archive :
         {gzip(text), gzip(text) + gzip(text), zstd(text), zstd(text) + zstd(text)}) {
        const std::size_t whole_piece = archive.size() / (archive.size() > 80 ? 2 : 1);
        for (std::size_t size = 4; size < archive.size(); ++size) {
            const std::string shown = read(archive.substr(0, size));
            if (size == gzip(text).size() && archive.starts_with(gzip(text)))
                CHECK(shown == text);
            else if (size == zstd(text).size() && archive.starts_with(zstd(text)))
                CHECK(shown == text);
            else
                CHECK_MESSAGE(shown.find(" archive is cut off (make or fetch the file anew)") !=
                                  std::string::npos,
                              size, " of ", archive.size(), " bytes, ", whole_piece, ": ", shown);
        }
    }
}

TEST_CASE_FIXTURE(ByteStreamFixture, "the message says how far a broken archive could be read") {
    const std::string archive = gzip(long_text());
    CHECK(read(archive.substr(0, 100'000)) ==
          "file, byte 100,000: the gzip archive is cut off (make or fetch the file anew)");
    std::string damaged = archive;
    damaged[50'000] = static_cast<char>(~damaged[50'000]);
    CHECK(read(damaged).find("the gzip archive is damaged (") != std::string::npos);
    damaged = zstd(long_text());
    damaged[30'000] = static_cast<char>(~damaged[30'000]);
    CHECK(read(damaged).find("the zstd archive is damaged (") != std::string::npos);
}

TEST_CASE_FIXTURE(ByteStreamFixture,
                  "zeros behind a gzip archive are padding, anything else is not") {
    const std::string archive = gzip("text\n");
    CHECK(read(archive + std::string(5'000, '\0')) == "text\n");
    CHECK(read(archive + std::string(10, '\0') + "x")
              .find("something that is no gzip archive follows") != std::string::npos);
    CHECK(read(archive + "junk").find("the gzip archive is damaged") != std::string::npos);
    CHECK(read(zstd("text\n") + "junk").find("the zstd archive is damaged") != std::string::npos);
}

TEST_CASE_FIXTURE(ByteStreamFixture, "workbooks and other archives are refused by name") {
    CHECK(read("PK\x03\x04...") ==
          "file: is a ZIP archive or an Excel workbook, not CSV (save or unpack it as CSV (plain, "
          "gzip or zstd))");
    CHECK(read(std::string("\xFD\x37zXZ\0", 6)).find("an xz archive") != std::string::npos);
    CHECK(read("BZh91AY&SY").find("a bzip2 archive") != std::string::npos);
    CHECK(read("BZh,contact_id\n") == "BZh,contact_id\n");
}
