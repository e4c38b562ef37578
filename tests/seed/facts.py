"""Every fact on the page that the first record describes, told once, looked for everywhere.

Each row was written by reading the page (``shared/seed``), not the records. ``ask`` is the body
of a SPARQL ASK; ``embed`` are values that the embedded JSON-LD must hold at a path, each in the
order of the page; ``shown`` are the words a reader finds on ``page``. Where ``embed`` is empty,
``not_embedded`` says why the fact has no place there.
"""

from typing import NamedTuple

FILM = "film/the-voice-of-sokurov-2014"
SOURCE = "source/the-voice-of-sokurov-page"

PREFIXES = """
PREFIX : <https://films.example.org/film/the-voice-of-sokurov-2014#>
PREFIX festival: <https://films.example.org/festival/>
PREFIX film: <https://films.example.org/film/>
PREFIX fld: <https://w3id.org/filmld/ontology#>
PREFIX genre: <https://films.example.org/genre/>
PREFIX organization: <https://films.example.org/organization/>
PREFIX person: <https://films.example.org/person/>
PREFIX place: <https://films.example.org/place/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX role: <https://w3id.org/filmld/role/>
PREFIX schema: <https://schema.org/>
PREFIX source: <https://films.example.org/source/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

SYNOPSIS = (
    "Alexander Sokurov (born 1951) is one of the most important Russian directors and screenplay writers "
    "of his time. Based on six interviews shot at six different locations in St. Petersburg, the documentary "
    '"The Voice of Sokurov" explores the cinematic world and life perspectives of the director through his '
    "personality and work. The film also touches on topics such as the social significance of cinema as well "
    "as the overreaching purpose of art and artists."
)
TIMONEN = (
    "(...) It is magnificent to see and hear Sokurov – a wise, placid and self-taught man – talk about his "
    "past and the present state of Russia in the new, excellent documentary by Leena Kilpeläinen. The "
    "atmospheric, intense and even spiritual samples of the director’s production supplement the whole, "
    "turning it into a polyphones dialogue between the artist, his works, the Motherland, and history."
)
ALANEN = (
    "There is an atmosphere of confidence in this documentary. Sokurov gives an account of his lifelong "
    "battle for the integrity of his art. The interview footage is eloquent, and the many illuminating clips "
    "have been selected with a good sense of judgment. This is an excellent introduction into the films of "
    "Sokurov, and it makes me want to see or revisit his films. I have seen many but not all."
)
LOCARNO = (
    "Since 1946 one of the most important festivals in Europe known to set new trends in the film industry."
)
HELSINKI = (
    "The aim of Finland’s biggest film festival is to promote the artistry of filmmaking alongside "
    "inventive, controversial and visually stunning new films."
)
HONG_KONG = (
    "One of the Asia‘s oldest and most reputable platforms for filmmakers, film professionals and "
    "filmgoers from all over the world."
)

UNDATED = "an undated screening is no event that a search engine could announce"
NOT_A_NAME = "a slip of the source must not be published as a name"
NO_TERM = "schema.org has no term for it"
OTHER_BLOCK = "it stands in the block of its own page"


class Fact(NamedTuple):
    """One fact of the page."""

    name: str
    ask: str
    shown: tuple[str, ...]
    embed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    not_embedded: str = ""
    page: str = FILM


FACTS = (
    Fact(
        "title",
        'film:the-voice-of-sokurov-2014 a schema:Movie ; schema:name "The Voice of Sokurov"@en',
        ("The Voice of Sokurov",),
        (("name", ("The Voice of Sokurov",)),),
    ),
    Fact(
        "title as misspelt in the heading",
        'film:the-voice-of-sokurov-2014 fld:transcribedForm "The Voice of Sukorov"@en',
        ("The Voice of Sukorov",),
        not_embedded=NOT_A_NAME,
    ),
    Fact(
        "the title is corrected, and from what",
        "[] a fld:Assertion ; rdf:subject film:the-voice-of-sokurov-2014 ; rdf:predicate schema:name ; "
        'rdf:object "The Voice of Sokurov"@en ; fld:certainty fld:Corrected ; '
        'fld:asPrinted "The Voice of Sukorov (2014)"',
        ("corrected", "The Voice of Sukorov (2014)"),
        not_embedded=NO_TERM,
    ),
    Fact(
        "year",
        'film:the-voice-of-sokurov-2014 schema:dateCreated "2014"^^xsd:gYear',
        ("2014",),
        (("dateCreated", ("2014",)),),
    ),
    Fact(
        "synopsis",
        f'film:the-voice-of-sokurov-2014 schema:description """{SYNOPSIS}"""@en',
        (SYNOPSIS,),
        (("description", (SYNOPSIS,)),),
    ),
    Fact(
        "genre",
        'film:the-voice-of-sokurov-2014 schema:genre [ a schema:DefinedTerm ; schema:name "Documentary"@en ]',
        ("Documentary",),
        (("genre", ("Documentary",)),),
    ),
    Fact(
        "writer",
        'film:the-voice-of-sokurov-2014 schema:author [ schema:name "Leena Kilpeläinen" ]',
        ("Written by Leena Kilpeläinen",),
        (("author.name", ("Leena Kilpeläinen",)),),
    ),
    Fact(
        "director",
        "film:the-voice-of-sokurov-2014 schema:director "
        '[ a schema:Person ; schema:name "Leena Kilpeläinen" ]',
        ("Director Leena Kilpeläinen",),
        (("director.name", ("Leena Kilpeläinen",)),),
    ),
    Fact(
        "first production company",
        'film:the-voice-of-sokurov-2014 schema:productionCompany [ schema:name "Revolver Film Ou" ]',
        ("Revolver Film Ou",),
        (("productionCompany.name", ("Revolver Film Ou",)),),
    ),
    Fact(
        "second production company",
        'film:the-voice-of-sokurov-2014 schema:productionCompany [ schema:name "LM Media GmbH" ]',
        ("LM Media GmbH",),
        (("productionCompany.name", ("LM Media GmbH",)),),
    ),
    Fact(
        "third production company",
        "film:the-voice-of-sokurov-2014 schema:productionCompany "
        '[ a schema:Organization ; schema:name "Illume Oy" ]',
        ("Illume Oy",),
        (("productionCompany.name", ("Illume Oy",)),),
    ),
    Fact(
        "order of the production companies, which is that of the record's text",
        "film:the-voice-of-sokurov-2014 schema:productionCompany organization:revolver-film , "
        "organization:lm-media , organization:illume",
        ("Revolver Film Ou LM Media GmbH Illume Oy",),
        (("productionCompany.name", ("Revolver Film Ou", "LM Media GmbH", "Illume Oy")),),
    ),
    Fact(
        "producer",
        'film:the-voice-of-sokurov-2014 schema:producer [ a schema:Person ; schema:name "Merja Ritola" ]',
        ("Producer Merja Ritola",),
        (("producer.name", ("Merja Ritola",)),),
    ),
    Fact(
        "executive producer",
        "film:the-voice-of-sokurov-2014 schema:producer [ a schema:Role , fld:Credit ; "
        'schema:roleName "Executive Producer"@en ; schema:producer [ schema:name "Pertti Veijalainen" ] ]',
        ("Executive Producer Pertti Veijalainen",),
        (("producer.name", ("Pertti Veijalainen",)),),
    ),
    Fact(
        "role of the executive producer, controlled",
        "[] schema:roleName role:executive-producer ; schema:producer person:pertti-veijalainen",
        ("Executive Producer",),
        not_embedded="roles are flattened to people",
    ),
    Fact(
        "first co-producer",
        "film:the-voice-of-sokurov-2014 schema:producer [ a schema:Role ; fld:creditOrder 1 ; "
        'schema:roleName "Co-Producer"@en ; schema:producer [ schema:name "Karin Reinberg" ] ]',
        ("Karin Reinberg",),
        (("producer.name", ("Karin Reinberg",)),),
    ),
    Fact(
        "second co-producer",
        "film:the-voice-of-sokurov-2014 schema:producer [ a schema:Role ; fld:creditOrder 2 ; "
        'schema:roleName "Co-Producer"@en ; schema:producer [ schema:name "Anastasia Pavlovich" ] ]',
        ("Anastasia Pavlovich",),
        (("producer.name", ("Anastasia Pavlovich",)),),
    ),
    Fact(
        "role of the co-producers, controlled",
        "[] schema:roleName role:co-producer ; schema:producer person:karin-reinberg . "
        "[] schema:roleName role:co-producer ; schema:producer person:anastasia-pavlovich",
        ("Co-Producer",),
        not_embedded="roles are flattened to people",
    ),
    Fact(
        "printed order of the co-producers",
        "[] schema:producer person:karin-reinberg ; fld:creditOrder ?first . "
        "[] schema:producer person:anastasia-pavlovich ; fld:creditOrder ?second FILTER(?first < ?second)",
        ("Karin Reinberg Anastasia Pavlovich",),
        (
            (
                "producer.name",
                ("Merja Ritola", "Pertti Veijalainen", "Karin Reinberg", "Anastasia Pavlovich"),
            ),
        ),
    ),
    Fact(
        "distributor",
        "film:the-voice-of-sokurov-2014 schema:publication [ a fld:Distribution , schema:PublicationEvent ; "
        'schema:name "Distribution"@en ; '
        'schema:publishedBy [ a schema:Organization ; schema:name "Films Boutique" ] ]',
        ("Distribution Films Boutique",),
        (("publication.publishedBy.name", ("Films Boutique",)),),
    ),
    Fact(
        "first festival",
        'festival:locarno a fld:FilmFestival ; schema:name "Locarno International Film Festival"@en',
        ("Locarno International Film Festival",),
        not_embedded=UNDATED,
    ),
    Fact(
        "first festival as misspelt on the page",
        'festival:locarno fld:transcribedForm "Locarno International Film Festivsl"@en',
        ("Locarno International Film Festivsl",),
        not_embedded=NOT_A_NAME,
        page="festival/locarno",
    ),
    Fact(
        "the name of the first festival is corrected",
        "[] a fld:Assertion ; rdf:subject festival:locarno ; rdf:predicate schema:name ; "
        'fld:certainty fld:Corrected ; fld:asPrinted "Locarno International Film Festivsl"',
        ("corrected", "Locarno International Film Festivsl"),
        not_embedded=NO_TERM,
        page="festival/locarno",
    ),
    Fact(
        "what the first festival is",
        f'festival:locarno schema:description "{LOCARNO}"@en',
        (LOCARNO,),
        not_embedded=OTHER_BLOCK,
    ),
    Fact(
        "second festival",
        'festival:helsinki a fld:FilmFestival ; schema:name "Helsinki International Film Festival"@en',
        ("Helsinki International Film Festival",),
        not_embedded=UNDATED,
    ),
    Fact(
        "what the second festival is",
        f'festival:helsinki schema:description "{HELSINKI}"@en',
        (HELSINKI,),
        not_embedded=OTHER_BLOCK,
    ),
    Fact(
        "third festival",
        'festival:hong-kong a fld:FilmFestival ; schema:name "Hong Kong International Film Festival"@en',
        ("Hong Kong International Film Festival",),
        not_embedded=UNDATED,
    ),
    Fact(
        "what the third festival is",
        f'festival:hong-kong schema:description "{HONG_KONG}"@en',
        (HONG_KONG,),
        not_embedded=OTHER_BLOCK,
    ),
    *(
        Fact(
            f"screening at {name}",
            "?screening a schema:ScreeningEvent ; schema:workPresented film:the-voice-of-sokurov-2014 ; "
            f"schema:superEvent festival:{name}",
            ("The Voice of Sokurov",),
            not_embedded=UNDATED,
            page=f"festival/{name}",
        )
        for name in ("locarno", "helsinki", "hong-kong")
    ),
    *(
        Fact(
            f"the screening at {name} is inferred",
            "?screening schema:workPresented film:the-voice-of-sokurov-2014 . [] a fld:Assertion ; "
            f"rdf:subject ?screening ; rdf:predicate schema:superEvent ; rdf:object festival:{name} ; "
            "fld:certainty fld:Inferred ; schema:citation source:the-voice-of-sokurov-page",
            ("inferred",),
            not_embedded=NO_TERM,
        )
        for name in ("locarno", "helsinki", "hong-kong")
    ),
    Fact(
        "first image",
        "film:the-voice-of-sokurov-2014 schema:image [ a schema:ImageObject ; "
        'schema:caption "Alexander Sokurov schwarz weiss"@de ]',
        ("Alexander Sokurov schwarz weiss",),
        (("image.caption", ("Alexander Sokurov schwarz weiss",)),),
    ),
    Fact(
        "second image",
        "film:the-voice-of-sokurov-2014 schema:image "
        '[ a schema:ImageObject ; schema:caption "Voice of Sokurov Dreh"@de ]',
        ("Voice of Sokurov Dreh",),
        (("image.caption", ("Voice of Sokurov Dreh",)),),
    ),
    Fact(
        "the images show the film",
        "film:the-voice-of-sokurov-2014 schema:image ?first , ?second . "
        "?first schema:about film:the-voice-of-sokurov-2014 . "
        "?second schema:about film:the-voice-of-sokurov-2014 FILTER(STR(?first) < STR(?second))",
        ("Alexander Sokurov schwarz weiss", "Voice of Sokurov Dreh"),
        (("image.caption", ("Alexander Sokurov schwarz weiss", "Voice of Sokurov Dreh")),),
    ),
    Fact(
        "logo",
        '[] a schema:ImageObject ; schema:caption "LM Media Logo"',
        ("LM Media Logo",),
        not_embedded=OTHER_BLOCK,
        page="organization/lm-media",
    ),
    Fact(
        "whose logo it is",
        'organization:lm-media schema:logo [ schema:caption "LM Media Logo" ]',
        ("LM Media GmbH", "LM Media Logo"),
        not_embedded=OTHER_BLOCK,
        page="organization/lm-media",
    ),
    Fact(
        "the name in the logo",
        'organization:lm-media schema:alternateName "LM Media"',
        ("LM Media",),
        not_embedded=OTHER_BLOCK,
        page="organization/lm-media",
    ),
    Fact(
        "that the logo is this company's is inferred",
        "[] a fld:Assertion ; rdf:subject organization:lm-media ; rdf:predicate schema:logo ; "
        "fld:certainty fld:Inferred",
        ("inferred",),
        not_embedded=NO_TERM,
        page="organization/lm-media",
    ),
    Fact(
        "the logo is on the page",
        'source:the-voice-of-sokurov-page schema:primaryImageOfPage [ schema:caption "LM Media Logo" ]',
        ("LM Media Logo",),
        not_embedded=OTHER_BLOCK,
        page=SOURCE,
    ),
    Fact(
        "first opinion",
        "film:the-voice-of-sokurov-2014 schema:review "
        f'[ a schema:Review ; schema:reviewBody "{TIMONEN}"@en ]',
        (TIMONEN,),
        (("review.reviewBody", (TIMONEN,)),),
    ),
    Fact(
        "who holds the first opinion",
        f'[] schema:reviewBody "{TIMONEN}"@en ; '
        'schema:author [ a schema:Person ; schema:name "Lauri Timonen" ]',
        ("Lauri Timonen",),
        (("review.author.name", ("Lauri Timonen",)),),
    ),
    Fact(
        "for whom he speaks",
        "person:lauri-timonen schema:affiliation "
        '[ a schema:Organization ; schema:name "Midnight Sun Film Festival"@en ]',
        ("Lauri Timonen Midnight Sun Film Festival",),
        (("review.author.affiliation.name", ("Midnight Sun Film Festival",)),),
    ),
    Fact(
        "second opinion",
        f'film:the-voice-of-sokurov-2014 schema:review [ a schema:Review ; schema:reviewBody "{ALANEN}"@en ]',
        (ALANEN,),
        (("review.reviewBody", (TIMONEN, ALANEN)),),
    ),
    Fact(
        "who holds the second opinion",
        f'[] schema:reviewBody "{ALANEN}"@en ; '
        'schema:author [ a schema:Person ; schema:name "Antti Alanen" ]',
        ("Antti Alanen",),
        (("review.author.name", ("Lauri Timonen", "Antti Alanen")),),
    ),
    Fact(
        "what he is",
        'person:antti-alanen schema:jobTitle "Film Programmer"@en',
        ("Film Programmer",),
        (("review.author.jobTitle", ("Film Programmer",)),),
    ),
    Fact(
        "where he works",
        "person:antti-alanen schema:affiliation "
        '[ a schema:Organization ; schema:name "National Audiovisual Institute"@en ]',
        ("National Audiovisual Institute",),
        (("review.author.affiliation.name", ("National Audiovisual Institute",)),),
    ),
    Fact(
        "where the institute is",
        "organization:national-audiovisual-institute schema:location "
        '[ a schema:Country ; schema:name "Finland"@en ]',
        ("Finland",),
        page="organization/national-audiovisual-institute",
        not_embedded=OTHER_BLOCK,
    ),
    Fact(
        "both opinions are on this film",
        "?first schema:itemReviewed film:the-voice-of-sokurov-2014 ; schema:author person:lauri-timonen . "
        "?second schema:itemReviewed film:the-voice-of-sokurov-2014 ; schema:author person:antti-alanen",
        ("Lauri Timonen", "Antti Alanen"),
        (("review.author.name", ("Lauri Timonen", "Antti Alanen")),),
    ),
    Fact(
        "whom the film is about",
        'film:the-voice-of-sokurov-2014 schema:about [ a schema:Person ; schema:name "Alexander Sokurov" ]',
        ("Alexander Sokurov",),
        (("about.name", ("Alexander Sokurov",)),),
    ),
    Fact(
        "when he was born",
        'person:alexander-sokurov schema:birthDate "1951"^^xsd:gYear',
        ("1951",),
        page="person/alexander-sokurov",
        not_embedded=OTHER_BLOCK,
    ),
    Fact(
        "that he is a director",
        'person:alexander-sokurov schema:jobTitle "director"@en',
        ("director",),
        page="person/alexander-sokurov",
        not_embedded=OTHER_BLOCK,
    ),
    Fact(
        "that he writes screenplays",
        'person:alexander-sokurov schema:jobTitle "screenplay writer"@en',
        ("screenplay writer",),
        page="person/alexander-sokurov",
        not_embedded=OTHER_BLOCK,
    ),
    Fact(
        "where the film was shot",
        "film:the-voice-of-sokurov-2014 schema:locationCreated "
        '[ a schema:Place ; schema:name "St. Petersburg"@en ]',
        ("St. Petersburg",),
        (("locationCreated.name", ("St. Petersburg",)),),
    ),
    Fact(
        "the source page by its breadcrumb",
        'source:the-voice-of-sokurov-page a schema:WebPage ; schema:name "The Voice of Sokurov"@en',
        ("The Voice of Sokurov",),
        page=SOURCE,
        not_embedded="a source belongs to the record, not to the film",
    ),
    Fact(
        "the source page by its heading, verbatim",
        'source:the-voice-of-sokurov-page schema:headline "The Voice of Sukorov (2014)"@en',
        ("The Voice of Sukorov (2014)",),
        page=SOURCE,
        not_embedded="a source belongs to the record, not to the film",
    ),
    Fact(
        "what the source page is about",
        "source:the-voice-of-sokurov-page schema:about film:the-voice-of-sokurov-2014",
        ("The Voice of Sokurov",),
        page=SOURCE,
        not_embedded="a source belongs to the record, not to the film",
    ),
    Fact(
        "the film's record is based on the source page",
        "?record a fld:Record ; schema:mainEntity film:the-voice-of-sokurov-2014 ; "
        "schema:isBasedOn source:the-voice-of-sokurov-page",
        ("The Voice of Sukorov (2014)",),
        not_embedded="a source belongs to the record, not to the film",
    ),
)
