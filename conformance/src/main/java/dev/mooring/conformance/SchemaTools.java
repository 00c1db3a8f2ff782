package dev.mooring.conformance;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Tool;

/** Tools whose schemas say more than a record can. */
final class SchemaTools implements Plugin {
    /** Keywords of JSON Schema 2020-12 that must reach the client as they are. */
    static final String CONTACT = """
            {
              "$schema": "https://json-schema.org/draft/2020-12/schema",
              "type": "object",
              "$defs": {
                "address": {
                  "$anchor": "addressDef",
                  "type": "object",
                  "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
                }
              },
              "properties": {
                "name": {"type": "string"},
                "address": {"$ref": "#/$defs/address"},
                "contactMethod": {"type": "string", "enum": ["phone", "email"]},
                "phone": {"type": "string"},
                "email": {"type": "string"}
              },
              "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
              "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
              "then": {"required": ["phone"]},
              "else": {"required": ["email"]},
              "additionalProperties": false
            }
            """;

    @Override
    public void contribute(Catalog catalog) {
        catalog.tools()
                .add(Tool.named("json_schema_2020_12_tool")
                        .description("Takes a contact with a phone number or an e-mail address")
                        .schema(CONTACT)
                        .text((contact, call) -> "Contact: " + contact));
    }
}
