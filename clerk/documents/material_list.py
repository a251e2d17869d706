"""The list of materials of an archived file: satisfied by what, proven how, until when."""

import json

from clerk.domain.case import Case
from clerk.domain.standard import ItemStandard
from clerk.wording_proof import LIST_TITLE, proof_of

__all__ = ["LIST_TITLE", "material_list"]


def material_list(standard: ItemStandard, case: Case) -> bytes:
    """Return every material that is there as JSON: code, name, way, by, how, until."""
    told = []
    for asked in standard.requirements:
        held = case.evidence.get(asked.code)
        if held is not None:
            proof = proof_of(asked, held, case)
            told.append(
                {
                    "code": asked.code,
                    "name": asked.name,
                    "way": held.way.value,
                    "by": proof.by,
                    "how": proof.how,
                    "until": proof.until,
                }
            )
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode()
