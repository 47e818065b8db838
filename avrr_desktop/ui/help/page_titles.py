"""What each page of the window is called, and the sentence that explains it."""

from avrr_desktop.language import Language


def page_titles(words: Language) -> dict[str, tuple[str, str, str]]:
    """Return, for each page: its title, its icon, and the one sentence that its help says."""
    text = words.text
    return {
        "today": (text("Today", "page"), "today", text("What is overdue, what is due this week, and who is waiting for an office.")),
        "cases": (text("Cases", "page"), "cases", text("All cases. Type to search, Enter opens, a click on a column title sorts.")),
        "figures": (text("Figures", "page"), "countries", text("Cases and persons by country of return, and waiting times at public offices.")),
        "partners": (text("Partners", "page"), "map_pin", text("The directory of offices and partners.")),
        "procedures": (text("Procedures", "page"), "service", text("The steps, services and lists of the pack, and this office’s decisions.")),
        "outbox": (text("Outbox", "page"), "outbox", text("Documents waiting to be handed over. They are encrypted until then.")),
        "setup": (text("Setup", "page"), "setup", text("Officers, language, colours and text size.")),
        "case": (text("Case", "page"), "cases", text("One case. Forms save automatically when you leave them; undo with Ctrl+Z.")),
        "day": (text("Day sheet"), "today", text("What you need for the day: appointments by office and time, and papers to bring.")),
        "new": (text("New case"), "add", text("Type a name first: people who are already recorded appear next to it.")),
        "guide": (text("Guide", "page"), "help", text("How to use the program, topic by topic. Type to find a word.")),
        "print": (text("Print", "page"), "print", text("The pages as they will be printed. Keep them in the outbox or print them.")),
    }  # fmt: skip
