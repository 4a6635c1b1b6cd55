"""Markdown as HTML, its formulas as MathML, which browsers draw by themselves."""

import re

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from web.code_blocks import code_block


def markdown(source):
    return MarkdownWithMath(renderer=WithMathML(escape=False, exclude_anchor_links=True)).render(source)


CLOSING = "|".join([r"\]", "&#x00029;", "&#x0007C;", "&#x0007D;"])  # ] ) | }
SIGN = re.compile(rf"(<mo[^>]*>(?!{CLOSING})[^<]*</mo>)<mo>&#x02212;</mo>")
PRIME = re.compile(r"<msup>(<mi>\w</mi>)<mi>(&#x02032;)</mi></msup>")  # the font has it raised already
FUNCTION = re.compile(r"(<m[io]>(?:log|exp|tanh|max|min)</m[io]>)(?=<m(?:i|n|sub|sup)>)")


def formula(latex, **how):
    """A formula as MathML, with the spacing of a sign where a minus is one, and a thin space after the name of a function."""
    mathml = SIGN.sub(r'\1<mo form="prefix">&#x02212;</mo>', convert(latex, **how))
    mathml = PRIME.sub(r'<mrow>\1<mo lspace="0" rspace="0">\2</mo></mrow>', mathml)
    return FUNCTION.sub(r'\1<mspace width="0.17em"></mspace>', mathml)


class WithMathML(IPythonRenderer):
    def block_math(self, body):
        return f'<div class="formula">{formula(body.strip(), display="block")}</div>'

    def inline_math(self, body):
        return formula(body)

    def block_code(self, code, info=None):
        return code_block(code, python=info == "python")
