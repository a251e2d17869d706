"""What a check of a case found."""


def found(verdict, check_, subject=None):
    """The findings of one kind, of one subject where that is said."""
    return [
        f
        for f in verdict.findings
        if f.check is check_ and (subject is None or f.subject == subject)
    ]


def outcome(verdict, check_, subject=None):
    (only,) = found(verdict, check_, subject)
    return only.outcome
