package dev.mooring.conformance;

import dev.mooring.feature.Catalog;
import dev.mooring.feature.Description;
import dev.mooring.feature.Header;
import dev.mooring.feature.Plugin;
import dev.mooring.feature.Tool;
import java.util.Optional;

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

    record Region(@Header("Region") @Description("Where to run") Optional<String> region) {}

    @Override
    public void contribute(Catalog catalog) {
        catalog.tools()
                .add(Tool.named("json_schema_2020_12_tool")
                        .description("Takes a contact with a phone number or an e-mail address")
                        .schema(CONTACT)
                        .text((contact, call) -> "Contact: " + contact));
        catalog.tools()
                .add(Tool.named("test_x_mcp_header")
                        .description("Takes a region, which clients mirror into a header field")
                        .arguments(Region.class)
                        .text((in, call) -> "Region: " + in.region().orElse("none")));
    }
}
