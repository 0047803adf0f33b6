"""`cspr template new FORM` writes a first template, once."""

import argparse
from pathlib import Path

import docx

from bot.commands import template


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    template.add_to(parser.add_subparsers())
    options = parser.parse_args(["template", "new", *words])
    return options.run(options)


def test_it_writes_once_and_then_leaves_the_file_alone(tmp_path: Path, capsys):
    target = tmp_path / "new.docx"
    assert run("referral", "--to", str(target)) == 0
    written = target.read_bytes()
    assert docx.Document(str(target)).core_properties.identifier == "referral/1"
    assert run("referral", "--to", str(target)) == 1
    assert target.read_bytes() == written
    assert "left as it is" in capsys.readouterr().err


def test_an_unknown_form_is_refused_and_writes_nothing(tmp_path: Path, capsys):
    assert run("no_such_form", "--to", str(tmp_path / "new.docx")) == 1
    assert list(tmp_path.iterdir()) == []
    assert "referral" in capsys.readouterr().err
