/** JSON-RPC 2.0: messages, ids, errors, and the codec between them and bytes; knows nothing of MCP. */
@NullMarked
package dev.mooring.rpc;

import org.jspecify.annotations.NullMarked;
