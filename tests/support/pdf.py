"""For tests of papers as PDF: they need the extra, and the system libraries it draws with."""

import pytest

from liaison.tools import documents

needs_pdf = pytest.mark.skipif(not documents.can_make_pdf(), reason="no Pango: ./run test as root installs it")
