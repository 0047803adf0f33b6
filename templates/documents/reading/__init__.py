"""A filled form read back from Word, whatever happened to it: `read_form` with the `layouts_of` a profile's templates."""

from templates.documents.reading.form import read_form
from templates.documents.reading.layout import Layout
from templates.documents.reading.result import FormRead, NotReadable
from templates.documents.reading.surveying import layouts_of

__all__ = ["FormRead", "Layout", "NotReadable", "layouts_of", "read_form"]
