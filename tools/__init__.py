"""Programs beside the product: they make, pack, measure, picture and torment it, and nothing of them ships."""
