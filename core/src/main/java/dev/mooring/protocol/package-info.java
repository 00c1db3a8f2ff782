/** MCP on top of JSON-RPC: which era a message belongs to, what each method answers, calls and their cancellation. */
@NullMarked
package dev.mooring.protocol;

import org.jspecify.annotations.NullMarked;
