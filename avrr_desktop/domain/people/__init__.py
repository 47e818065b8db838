"""What people are known by: names, numbers, telephones, dates, countries and languages."""
