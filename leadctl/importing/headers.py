"""What the headings of other programs usually mean: the guess where the user says nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from leadctl.fields import DERIVED, STORED, Schema
from leadctl.matching import fold
from leadctl.own_fields import QUERY_WORDS

#: Named in a mapping like a field, but it goes with the change of status: why a lead was lost.
REASON = "reason"

_SEPARATORS = re.compile(r"[\W_]+")
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")

# Compared without case, blanks and punctuation. In the order in which the parts form a name.
_NAME_PARTS = ("firstname", "givenname", "middlename", "lastname", "familyname", "surname")
_HEADINGS: Mapping[str, str] = {
    heading: name
    for name, headings in {
        "name": "name fullname contactname leadname displayname",
        "company": "company companyname account accountname organisation organization "
        "organisationname organizationname employer",
        "title": "title jobtitle position designation",
        "email": "email emails emailaddress mail primaryemail workemail businessemail "
        "personalemail homeemail secondaryemail otheremail email1 email2 email3 "
        "email1value email2value email3value",
        "phone": "phone phones phonenumber mobile mobilephone mobilenumber cell cellphone "
        "telephone telephonenumber tel primaryphone workphone businessphone officephone "
        "homephone otherphone phone1 phone2 phone3 phone1value phone2value phone3value",
        "address": "address postaladdress mailingaddress fulladdress homeaddress",
        "source": "source leadsource contactsource",
        "status": "status leadstatus contactstatus",
        "owner": "owner leadowner contactowner accountowner assignedto",
        "created": "created createdtime createddate createdate createdat createdon dateadded "
        "datecreated creationdate",
        "tags": "tags tag keywords labels",
        "note": "note notes description comment comments remarks",
        "birthday": "birthday birthdate dateofbirth dob",
        "property": "property propertyaddress",
        "last_touch": "lasttouch lastcontacted lastcontact lastcontactdate",
        "do_not_contact": "donotcontact dnc",
        "external_id": "externalid recordid leadid contactid id",
    }.items()
    for heading in headings.split()
}
# Per field, the likeliest heading first: a table of calls has several ids and several dates.
_TOUCH_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "external_id": ("leadid", "externalid", "recordid", "contactid"),
    "contact": ("contact", "who", "email", "emailaddress", "phone", "phonenumber", "mobile"),
    "on": ("on", "callstarttime", "starttime", "startdate", "calldate", "activitydate", "date"),
    "via": ("via", "channel"),
    "outcome": ("outcome",),
    "note": ("note", "notes", "subject", "description", "comments"),
    "ref": ("ref", "taskid", "activityid", "callid", "eventid"),
}


@dataclass(slots=True)
class Guesses:
    """Fields for the columns that the user did not speak of."""

    #: (index of the column, name of the field), in the order in which values are put together.
    columns: list[tuple[int, str]] = field(default_factory=list)
    #: What to tell the user, one sentence each.
    notices: list[str] = field(default_factory=list)


def guess_contact_fields(
    header: Sequence[str], *, spoken_of: Collection[int], used: Collection[str], schema: Schema
) -> Guesses:
    """A field for every column of *header* that is not in *spoken_of*.

    Headings without a usual meaning, and further ones of a field that holds one value or is in
    *used*, become fields of the user's own, so that nothing is lost.
    """
    guesses = Guesses()
    open_columns = [n for n in range(len(header)) if n not in spoken_of]
    taken = {*used, *_ambiguous_key(header, open_columns, guesses)}
    meanings = {n: _meaning(header[n], schema) for n in open_columns}
    if "name" not in taken and "name" not in meanings.values():
        parts = [n for n in open_columns if _compact(header[n]) in _NAME_PARTS]
        parts.sort(key=lambda n: _NAME_PARTS.index(_compact(header[n])))
        guesses.columns += [(n, "name") for n in parts]
    for n in open_columns:
        if header[n] == "leadctl: problem":
            continue  # what leadctl itself wrote beside rows that could not be used
        if header[n] in DERIVED:
            guesses.notices.append(f'"{header[n]}" is left out: it follows from the journal')
        elif (n, "name") not in guesses.columns:
            name = _field_for(header[n], meanings[n], taken=taken, schema=schema)
            guesses.columns.append((n, name))
            taken.add(name)
    kept = [
        f"{header[n]} as {name}" for n, name in guesses.columns if name not in ("name", meanings[n])
    ]
    if kept:
        guesses.notices.append(f"kept as fields of your own: {', '.join(kept)}")
    return guesses


def guess_touch_fields(
    header: Sequence[str], *, spoken_of: Collection[int], used: Collection[str]
) -> Guesses:
    """The columns of *header* that tell of a touch; all others are named in a notice."""
    guesses = Guesses()
    by_heading = {_compact(header[n]): n for n in range(len(header)) if n not in spoken_of}
    for name, headings in _TOUCH_HEADINGS.items():
        found = next((by_heading[each] for each in headings if each in by_heading), None)
        if name not in used and found is not None:
            guesses.columns.append((found, name))
    left = {n for n, _ in guesses.columns} | set(spoken_of)
    unused = [heading for n, heading in enumerate(header) if n not in left]
    if unused:
        guesses.notices.append(f"left out: {', '.join(unused)}")
    return guesses


def own_field_name(heading: str) -> str:
    """*heading* as the name of a field: small letters, digits and underscores."""
    plain = _NOT_IN_NAMES.sub("_", fold(heading)).strip("_")
    return plain if plain[:1].isalpha() else f"field_{plain}".rstrip("_")


def usual_meaning(heading: str) -> str:
    """The field that other programs mean by *heading*; empty if there is none."""
    return _HEADINGS.get(_compact(heading), "")


def _compact(heading: str) -> str:
    return _SEPARATORS.sub("", fold(heading))


def _meaning(heading: str, schema: Schema) -> str:
    """The field that *heading* usually means; empty if it has no usual meaning."""
    if heading == "id":
        return "id"
    known = schema.find(heading) or schema.find(own_field_name(heading))
    if known and known.name != "id":
        return known.name
    return usual_meaning(heading)


def _ambiguous_key(
    header: Sequence[str], open_columns: Sequence[int], guesses: Guesses
) -> tuple[str, ...]:
    keys = [header[n] for n in open_columns if _HEADINGS.get(_compact(header[n])) == "external_id"]
    keys = [heading for heading in keys if heading != "id"]
    if len(keys) < 2:
        return ()
    names = ", ".join(keys)
    guesses.notices.append(
        f"the key could be any of {names}; --map '{keys[0]}=external_id' says it"
    )
    return ("external_id",)


def _field_for(heading: str, meaning: str, *, taken: Collection[str], schema: Schema) -> str:
    """The field that *heading* means if it is free or holds several, else one of the user's own."""
    known = schema.find(meaning) if meaning else None
    if known and not known.derived and (known.many or meaning not in taken):
        return meaning
    return _free_name(heading, taken)


def _free_name(heading: str, taken: Collection[str]) -> str:
    name = own_field_name(heading)
    if name in STORED or name in DERIVED or name in (REASON, *QUERY_WORDS):
        name = f"imported_{name}"
    number, free = 1, name
    while free in taken:
        number, free = number + 1, f"{name}_{number + 1}"
    return free
