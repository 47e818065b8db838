"""One module for each document, each a pure function from values to the document model."""
