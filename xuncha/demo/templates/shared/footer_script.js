{% set lines %}{% include "shared/footer_table.html" %}{% endset %}
{{ lines|written_by_script }}
