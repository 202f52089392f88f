"""The six partner institutions, as the service's own referral page lists them: full name, short name."""

SIX = (
    ("University of Liverpool", "University of Liverpool"),
    ("Liverpool John Moores University", "LJMU"),
    ("Liverpool Hope University", "Liverpool Hope"),
    ("Liverpool School of Tropical Medicine", "LSTM"),
    ("University of Liverpool International College", "UoLIC"),
    ("Liverpool Institute for Performing Arts", "LIPA"),
)
