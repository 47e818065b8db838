"""What may be told to whom: agreements, referrals, and what a print leaves out."""
