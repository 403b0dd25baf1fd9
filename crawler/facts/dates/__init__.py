"""The dates a page prints, and which of them say when something was published."""
