"""A filled form read back from Word, whatever happened to it: `read_form` with the `layouts_of` a profile's templates."""

from templates.documents.reading.form import read_form
from templates.documents.reading.layout import Layout, layouts_of
from templates.documents.reading.result import FormRead, NotReadable

__all__ = ["FormRead", "Layout", "NotReadable", "layouts_of", "read_form"]
