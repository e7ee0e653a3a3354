"""Tells a story in Chinese and English, with a check mark for whatever held."""


class Narrator:
    """Tells the story line by line in Chinese and English, and keeps count of what held."""

    def __init__(self):
        self.number = 0
        self.title = ""
        self.passed = 0
        self.failures = []

    def step(self, chinese, english):
        self.number += 1
        self.title = english
        print(f"\n第 {self.number} 步  {chinese}\nStep {self.number}  {english}", flush=True)

    def say(self, chinese, english):
        print(f"    {chinese}\n    {english}", flush=True)

    def check(self, holds, chinese, english, expected=None, found=None):
        """A check mark where it holds; otherwise which step it was and what was expected."""
        print(f"  {'✓' if holds else '✗'} {chinese}\n    {english}", flush=True)
        if holds:
            self.passed += 1
            return
        self.failures.append(f"step {self.number} ({self.title}): {english}")
        print(f"    应为 expected: {expected}\n    实为 found:    {found}", flush=True)

    def equal(self, found, expected, chinese, english):
        self.check(found == expected, chinese, english, expected, found)

    def end(self):
        for failure in self.failures:
            print(f"✗ {failure}")
        print(f"{self.passed} passed, {len(self.failures)} failed", flush=True)
        return 1 if self.failures else 0
