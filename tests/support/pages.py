"""Reading a page as a machine would: marks, texts by id, and what its form would send."""

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
NOT_SENT = {"submit", "button", "image", "reset", "file"}


class Page(HTMLParser):
    """One parsed page: `elements` are (tag, attributes), `texts` the text of each element with an id, `forms` lists of
    (name, value) in the order a browser would send them."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.forms = [], {}, []
        self.open = []
        self.form = self.area = self.choice = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        values = {name: value if value is not None else "" for name, value in attributes}
        self.elements.append((tag, values))
        if tag not in VOID:
            self.open.append((tag, values.get("id")))
        if "id" in values:
            self.texts.setdefault(values["id"], "")
        self.note_form_part(tag, values)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if any(name == tag for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass
        if tag == "form":
            self.form = None
        elif tag == "textarea" and self.area:
            self.send(self.area["name"], self.area["text"].removeprefix("\n"))
            self.area = None
        elif tag == "select" and self.choice:
            self.send_choice()

    def handle_data(self, data):
        for identifier in {identifier for _, identifier in self.open if identifier}:
            self.texts[identifier] += data
        if self.area:
            self.area["text"] += data

    def note_form_part(self, tag, values):
        if tag == "form":
            self.form = []
            self.forms.append(self.form)
        elif tag == "option" and self.choice:
            self.choice["options"].append(values)
        elif "name" in values and "disabled" not in values:
            self.note_control(tag, values)

    def note_control(self, tag, values):
        kind = values.get("type", "text")
        if tag == "textarea":
            self.area = {"name": values["name"], "text": ""}
        elif tag == "select":
            self.choice = {"name": values["name"], "many": "multiple" in values, "options": []}
        elif tag == "input" and kind in ("checkbox", "radio"):
            if "checked" in values:
                self.send(values["name"], values.get("value", "on"))
        elif tag == "input" and kind not in NOT_SENT:
            self.send(values["name"], values.get("value", ""))

    def send_choice(self):
        options, many = self.choice["options"], self.choice["many"]
        chosen = [option for option in options if "selected" in option] or ([] if many else options[:1])
        for option in chosen:
            self.send(self.choice["name"], option.get("value", ""))
        self.choice = None

    def send(self, name, value):
        if self.form is not None:
            self.form.append((name, value))


def fields(form):
    """The pairs of a form as a dictionary; a name that comes more than once has a list."""
    together = {}
    for name, value in form:
        together.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in together.items()}
