#!/usr/bin/env python
"""For whoever works on the code; users have the command `samrad`."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samrad.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
