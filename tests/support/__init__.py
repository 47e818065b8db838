"""What tests share: stores, folders, windows, documents."""
