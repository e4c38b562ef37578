"""How a person or an institution is named where it stands beside something else."""

from filmld.publish.pages.model import Item
from filmld.publish.pages.sheet import Sheet
from filmld.turtle.graph import Graph
from filmld.turtle.terms import Literal, Term
from filmld.vocab import SCHEMA


def critic(sheet: Sheet, value: Term) -> Item:
    """Somebody who gives an opinion: with post, institution, and where that is."""
    if isinstance(value, Literal):
        return sheet.desk.item(value, sheet.graph)
    graph = sheet.desk.graph_of(value, sheet.graph)
    posts = [sheet.desk.item(post, graph) for post in graph.objects(value, SCHEMA + "jobTitle")]
    bodies = [institution(sheet, body, graph) for body in graph.objects(value, SCHEMA + "affiliation")]
    return sheet.desk.link(value, sheet.graph, *posts, *bodies)


def institution(sheet: Sheet, value: Term, graph: Graph) -> Item:
    """An institution, with the place where it is."""
    if isinstance(value, Literal):
        return sheet.desk.item(value, graph)
    own = sheet.desk.graph_of(value, graph)
    places = [sheet.desk.item(place, own) for place in own.objects(value, SCHEMA + "location")]
    return sheet.desk.link(value, graph, *places)


def subject_of(sheet: Sheet, value: Term) -> Item:
    """What a film is about; of a person, also what tells them from others of that name."""
    if isinstance(value, Literal):
        return sheet.desk.item(value, sheet.graph)
    graph = sheet.desk.graph_of(value, sheet.graph)
    words = sheet.desk.words
    dates = [
        Item(text=f"{word} {date.lexical}")
        for word, name in ((words.born, "birthDate"), (words.died, "deathDate"))
        for date in graph.literals(value, SCHEMA + name)
    ]
    posts = [sheet.desk.item(post, graph) for post in graph.objects(value, SCHEMA + "jobTitle")]
    return sheet.desk.link(value, sheet.graph, *dates, *posts)
