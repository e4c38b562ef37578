"""Where a page stands whose visitor's own browser answers."""

from filmld.publish.pages.sparql import Setting
from filmld.publish.plan import Plan
from filmld.publish.slim import LARGE_QUESTION, LONGEST_TEXT, is_large


def local_setting(plan: Plan, path: str) -> Setting:
    """Where a page stands; how large the data is matters only so far as it is thinned out or not.

    Args:
        plan: What is published.
        path: The plain path of the page.
    """
    plan.note(LARGE_QUESTION, "")
    desk = plan.desk(path)
    slim = plan.words.asking["slim_without"].format(LONGEST_TEXT) if is_large(plan.whole) else None
    return Setting(
        config=plan.whole.archive.config,
        root=desk.to("index.html").removesuffix("index.html"),
        endpoint=None,
        words=plan.words,
        folder=desk.page("index.html").removesuffix("index.html"),
        slim=slim,
    )
