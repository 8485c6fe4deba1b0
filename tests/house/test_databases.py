"""The test databases themselves: fresh for each test, of both kinds."""

from sqlalchemy import create_engine, text


def test_a_test_gets_a_database_it_can_write_to(database_url: str) -> None:
    """A table made in one test's database is there to be read again."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE house_probe (answer INTEGER)"))
        connection.execute(text("INSERT INTO house_probe VALUES (42)"))
    with engine.begin() as connection:
        answer = connection.execute(text("SELECT answer FROM house_probe")).scalar_one()
    engine.dispose()
    assert 42 == answer


def test_two_tests_never_meet_in_a_database(bare_database_url: str) -> None:
    """What another test left is not here: the same table can be made again."""
    engine = create_engine(bare_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE house_probe (answer INTEGER)"))
    engine.dispose()
