"""The forms of a page, as a browser without a script knows them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = list[tuple[str, str | None]]


@dataclass(slots=True)
class Form:
    """One form: where it goes, what is in it, and what its button says."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    button: str = ""


class Forms(HTMLParser):
    """All forms of *page*, in their order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._inside = False
        self._button = False
        self._text = ""
        """The name of the text area that is being read."""
        self.feed(page)

    def with_button(self, words: str) -> Form | None:
        """Give the first form whose button says *words*."""
        return next((form for form in self.found if words in form.button), None)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(action=given.get("action", "")))
            self._inside = True
        elif self._inside and tag == "input" and given.get("type") != "checkbox":
            self.found[-1].fields[given.get("name", "")] = given.get("value", "")
        elif self._inside and tag == "textarea":
            self._text = given.get("name", "")
            self.found[-1].fields[self._text] = ""
        elif tag == "button":
            self._button = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._text = ""
        elif tag == "button":
            self._button = False

    def handle_data(self, data: str) -> None:
        if self._inside and self._button:
            self.found[-1].button += data
        elif self._inside and self._text:
            self.found[-1].fields[self._text] += data
