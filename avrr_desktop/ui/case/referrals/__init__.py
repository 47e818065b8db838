"""The referrals of a case: each with what comes next, and the moves that it may make."""
