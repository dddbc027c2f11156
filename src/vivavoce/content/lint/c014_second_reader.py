"""C014."""

from __future__ import annotations

from collections.abc import Iterator

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.editorial import EDITORIAL, Editorial, load_editorial
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.domain.concept import Concept
from vivavoce.domain.question import Status


class SecondReader(Rule):
    """A ready concept was not read by anybody but its author, or has questions that came after the reading. A warning.

    *Why:* nobody sees the sentence that they wrote themselves. A pack that keeps an `editorial.yaml` says for each
    concept who read it, how many questions, and what was found, by kind.

    *Example:* a concept that `editorial.yaml` does not list. Let somebody else read it, mend what they find, and add
    its line.
    """

    code = "C014"
    title = "no second reader"
    severity = Severity.WARNING

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        records = {folder: load_editorial(folder) for folder in context.loaded.folders}
        for record in records.values():
            for found in record.diagnostics:
                yield Diagnostic(found.path, found.line, self.code, found.message, found.remedy, Severity.WARNING)
        for concept, file in context.each_concept():
            home = next((f for f in context.loaded.folders if file.path.is_relative_to(f)), None)
            record = records[home] if home is not None else Editorial()
            if record.file is not None and not concept.draft:
                yield from self._read(concept, record, context)

    def _read(self, concept: Concept, record: Editorial, context: LintContext) -> Iterator[Diagnostic]:
        assert record.file is not None
        read = record.concepts.get(concept.id)
        if read is None:
            message = f'the concept "{concept.id}" is not listed'
            remedy = "Let a second person read it, and add what they found."
            yield self.found(record.file, ["concepts"], message, remedy)
            return
        place = ["concepts", concept.id]
        if read.author == read.reader:
            message = f'the concept "{concept.id}" was read by its author'
            yield self.found(record.file, place, message, "Let somebody else read it.")
        ready = sum(q.status is Status.READY for q in context.bank.questions_of(concept.id))
        if read.questions < ready:
            message = f'{read.questions} questions of "{concept.id}" were read, {ready} are asked'
            yield self.found(record.file, place, message, f"Let the new ones be read, and correct {EDITORIAL}.")
