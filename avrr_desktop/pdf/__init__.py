"""Paper: one document model, one page style, one module per document."""
