"""A test program that says when it has left something out: ctest takes its code 77 for skipped."""

import sys
import unittest

SKIPPED = 77


def main(argv=None):
    result = unittest.main(exit=False, argv=argv).result
    if not result.wasSuccessful():
        sys.exit(1)
    for test, why in result.skipped:
        print(f"skipped: {test.id()}: {why}")
    sys.exit(SKIPPED if result.skipped else 0)
