"""A plugin for a run in which nothing may be skipped: a test that did not run has proved nothing."""

import pytest

NAMES = []


def pytest_runtest_logreport(report):
    if report.skipped:
        NAMES.append(f"{report.nodeid}: {reason(report)}")


pytest_collectreport = pytest_runtest_logreport


def reason(report):
    """A skipped report carries (file, line, words), an expected failure its own words."""
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", "")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    if NAMES and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if NAMES:
        terminalreporter.section("skipped, and nothing may be", red=True)
        terminalreporter.write_line("\n".join(NAMES))
