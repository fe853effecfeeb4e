"""axe-core over a page: what a person with a screen reader or weak eyes would stumble over."""

from pathlib import Path

SCRIPT = Path(__file__).parent.parent / "vendor" / "axe" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false})
    .then(result => ({violations: result.violations, passed: result.passes.length}))"""

SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def rest_at_the_end(page):
    """Scroll down, once the browser has put the cursor where it begins: that scrolls too, and sometimes late."""
    page.evaluate(SETTLED)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.evaluate(SETTLED)


def violations(page):
    """Each broken rule at each place, in words; the page is left as it is. A page where nothing applies is an error."""
    page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    result = page.evaluate(RUN, TAGS)
    if not result["passed"]:
        raise AssertionError(f"axe found nothing to look at on {page.url}")
    return [words(rule, node) for rule in result["violations"] for node in rule["nodes"]]


def words(rule, node):
    return f"{rule['id']} ({rule['impact']}) at {' '.join(map(str, node['target']))}: {rule['help']}"
