"""The names of SHACL (W3C Recommendation of 20 July 2017), and which of them filmld obeys."""

from typing import Final

_CORE: Final = """
    AbstractResult AndConstraintComponent BlankNode BlankNodeOrIRI BlankNodeOrLiteral
    ClassConstraintComponent ClosedConstraintComponent ConstraintComponent
    DatatypeConstraintComponent DisjointConstraintComponent EqualsConstraintComponent
    HasValueConstraintComponent IRI IRIOrLiteral InConstraintComponent Info
    LanguageInConstraintComponent LessThanConstraintComponent LessThanOrEqualsConstraintComponent
    Literal MaxCountConstraintComponent MaxExclusiveConstraintComponent
    MaxInclusiveConstraintComponent MaxLengthConstraintComponent MinCountConstraintComponent
    MinExclusiveConstraintComponent MinInclusiveConstraintComponent MinLengthConstraintComponent
    NodeConstraintComponent NodeKind NodeKindConstraintComponent NodeShape NotConstraintComponent
    OrConstraintComponent Parameter Parameterizable PatternConstraintComponent PrefixDeclaration
    PropertyConstraintComponent PropertyGroup PropertyShape QualifiedMaxCountConstraintComponent
    QualifiedMinCountConstraintComponent ResultAnnotation SPARQLAskExecutable SPARQLAskValidator
    SPARQLConstraint SPARQLConstraintComponent SPARQLExecutable SPARQLSelectExecutable
    SPARQLSelectValidator Severity Shape UniqueLangConstraintComponent ValidationReport
    ValidationResult Validator Violation Warning XoneConstraintComponent alternativePath and
    annotationProperty annotationValue annotationVarName ask class closed conforms construct
    datatype deactivated declare defaultValue description detail disjoint equals flags focusNode
    group hasValue ignoredProperties in inversePath labelTemplate languageIn lessThan
    lessThanOrEquals maxCount maxExclusive maxInclusive maxLength message minCount minExclusive
    minInclusive minLength name namespace node nodeKind nodeValidator not oneOrMorePath optional or
    order parameter path pattern prefix prefixes property propertyValidator qualifiedMaxCount
    qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint result resultMessage
    resultPath resultSeverity select severity shapesGraph shapesGraphWellFormed sourceConstraint
    sourceConstraintComponent sourceShape sparql targetClass targetNode targetObjectsOf
    targetSubjectsOf uniqueLang validator value xone zeroOrMorePath zeroOrOnePath
"""
_ADVANCED: Final = """
    ExpressionConstraintComponent Function JSConstraint JSConstraintComponent JSExecutable
    JSFunction JSLibrary JSRule JSTarget JSTargetType JSValidator Rule Rules
    SPARQLConstructExecutable SPARQLFunction SPARQLRule SPARQLTarget SPARQLTargetType
    SPARQLUpdateExecutable Target TargetType TripleRule condition count desc distinct entailment
    expression filterShape groupConcat if else then intersection js jsFunctionName jsLibrary
    jsLibraryURL limit max min minus nodes object offset orderBy predicate returnType rule separator
    subject sum suggestedShapesGraph target this union update values
"""

KNOWN: Final = frozenset(_CORE.split())
"""What may stand in a shape."""

ADVANCED: Final = frozenset(_ADVANCED.split())
"""What would run programs, follow links or make facts up; filmld does nothing of that kind."""

WHOLE_NUMBERS: Final = frozenset(
    {"maxCount", "maxLength", "minCount", "minLength", "qualifiedMaxCount", "qualifiedMinCount"}
)
TRUE_OR_FALSE: Final = frozenset(
    {"closed", "deactivated", "optional", "qualifiedValueShapesDisjoint", "uniqueLang"}
)
ONCE: Final = WHOLE_NUMBERS | TRUE_OR_FALSE | {"datatype", "nodeKind", "path", "severity"}
"""What a shape may say only once."""

LISTS: Final = frozenset({"alternativePath", "and", "ignoredProperties", "in", "languageIn", "or", "xone"})
WITHIN: Final = frozenset({"and", "node", "not", "or", "property", "qualifiedValueShape", "xone"})
"""What leads from a shape to a shape within it."""
