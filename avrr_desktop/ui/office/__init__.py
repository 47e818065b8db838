"""The office: partners, officers, figures, procedures."""
