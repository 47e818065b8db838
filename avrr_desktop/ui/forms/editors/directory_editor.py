"""The editor of an office or a school: free text, for which entries of the directory are proposed while somebody types."""

from collections.abc import Callable

from avrr_desktop.domain.people.name_tables import folded
from avrr_desktop.language import Language
from avrr_desktop.ui.forms.editors.field_editors import Options, TextEditor
from avrr_desktop.ui.forms.editors.suggestions import Suggestion, Suggestions

_ADD = "+"  # stands for the line that adds what was typed
_OFFERED = 8


class DirectoryEditor(TextEditor):
    """A line beneath which names of the directory pop up. What is stored is the text as it stands, whether it is in the directory or not."""

    def __init__(self, options: Options, words: Language) -> None:
        """``options``: name and place of each entry, the likeliest first."""
        super().__init__()
        self._words = words
        self._add: Callable[[str], str] | None = None
        self.offer(options)
        self.suggestions = Suggestions(self.line)
        self.suggestions.chosen.connect(self._on_chosen)
        self.line.textEdited.connect(self._on_edited)

    def offer(self, options: Options) -> None:
        """Propose these from now on."""
        self._entries = [(name, place, f" {folded(name)} {folded(place)}") for name, place in options]

    def let_add(self, add: Callable[[str], str]) -> None:
        """Let a name be added to the directory. ``add`` returns the identifier of the new entry; empty where that did not go well."""
        self._add = add

    def _on_edited(self, text: str) -> None:
        typed = folded(text.strip())
        found = [(name, place) for name, place, key in self._entries if f" {typed}" in key] if typed else []
        offered = [Suggestion(name, name, place) for name, place in found[:_OFFERED]]
        if self._add is not None and typed and all(folded(name) != typed for name, _ in found):
            said = self._words.text("Add “{name}” to the directory", name=text.strip())
            offered.append(Suggestion(_ADD, said))
        self.suggestions.offer(offered)

    def _on_chosen(self, name: str) -> None:
        if name != _ADD:
            self.line.setText(name)
        elif self._add is not None:
            self._add(self.line.text().strip())
        self.touched.emit()
