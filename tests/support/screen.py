"""What a terminal shows of the bytes it is sent. It understands just what seqload sends and
what a terminal echoes; anything else is an error, so no code is ever passed over."""

import codecs
import re

CODE = re.compile(r"\x1b\[(\??)([0-9;]*)([A-Za-z])")


class Screen:
    def __init__(self, columns=80, rows=24, reflows=True):
        self.columns = columns
        self.rows = rows
        self.reflows = reflows  # whether lines are broken anew when the width changes
        self.lines = [[]]  # with what has scrolled away
        self.goes_on = [False]  # by line: the next one is the rest of it
        self.in_frame = False
        self.breaks = True  # lines that are too long
        self.row = self.column = 0
        self.frames = []  # what stood there at the end of each frame
        self.paints = False  # whether it was ever sent a colour
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = ""

    @property
    def shown(self):
        """The lines, without spaces at their ends and empty ones at the end."""
        lines = ["".join(line).rstrip() for line in self.lines]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    @property
    def text(self):
        return "\n".join(self.shown)

    def feed(self, data):
        self._text += self._decoder.decode(data)
        while self._text:
            if self._text[0] != "\x1b":
                self._put(self._text[0])
                self._text = self._text[1:]
                continue
            code = CODE.match(self._text)
            if code is None:
                if len(self._text) > 12:
                    raise AssertionError(f"no code that is known: {self._text[:12]!r}")
                return  # the rest of it is still to come
            self._text = self._text[code.end():]
            self._obey(*code.groups())

    def resize(self, columns):
        if not self.reflows:
            self.columns = columns
            for number, line in enumerate(self.lines):
                del line[columns:]
                self.goes_on[number] = False
            self.column = min(self.column, columns - 1)
            return
        old, ends, at = self.lines, self.goes_on, (self.row, self.column)
        self.columns, self.lines, self.goes_on = columns, [], []
        whole, cursor = [], None
        for number, line in enumerate(old):
            if number == at[0]:
                cursor = len(whole) + at[1]
            whole += line
            if ends[number]:
                continue
            first = len(self.lines)
            parts = [whole[i:i + columns] for i in range(0, max(len(whole), 1), columns)]
            self.lines += parts
            self.goes_on += [True] * (len(parts) - 1) + [False]
            if cursor is not None:
                self.row = min(first + cursor // columns, len(self.lines) - 1)
                self.column = cursor % columns
            whole, cursor = [], None

    def _put(self, letter):
        if letter == "\r":
            self.column = 0
        elif letter == "\n":
            self._go_down()
        elif letter == "\b":
            self.column = max(self.column - 1, 0)
        elif letter < " ":
            raise AssertionError(f"a control character: {letter!r}")
        else:
            if self.column == self.columns and not self.breaks:
                self.column -= 1
            elif self.column == self.columns:
                self.goes_on[self.row] = True
                self._go_down()
                self.column = 0
            line = self.lines[self.row]
            line += " " * (self.column + 1 - len(line))
            line[self.column] = letter
            self.column += 1

    def _go_down(self):
        self.row += 1
        if self.row == len(self.lines):
            self.lines.append([])
            self.goes_on.append(False)

    def _obey(self, private, number, letter):
        if private:
            if number not in ("7", "2026") or letter not in "hl":
                raise AssertionError(f"no mode that is known: {number}{letter}")
            if number == "7":
                self.breaks = letter == "h"
                return
            self.in_frame = letter == "h"
            if letter == "l":
                self.frames.append(self.shown)
        elif letter == "A":
            top = max(len(self.lines) - self.rows, 0)
            self.row = max(self.row - int(number), top)
        elif letter == "K" and not number:
            del self.lines[self.row][self.column:]
            self.goes_on[self.row] = False
        elif letter == "J" and not number:
            del self.lines[self.row][self.column:]
            del self.lines[self.row + 1:], self.goes_on[self.row + 1:]
            self.goes_on[self.row] = False
        elif letter == "m":
            self.paints = self.paints or number not in ("", "0")
        else:
            raise AssertionError(f"no code that is known: {number}{letter}")
