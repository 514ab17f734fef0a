"""`python -m jingwei.kernel.tests.run COMMAND…`: a management command that knows the sample fact."""

import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    __import__("jingwei.kernel.tests.sample")
    call_command(*sys.argv[1:])
