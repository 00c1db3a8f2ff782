-- tools/call echo with 64 bytes, again and again. Arguments: the era, and for "legacy" the session.
--   wrk -s load.lua URL -- modern
--   wrk -s load.lua URL -- legacy SESSION
-- Prints a last line "result REQUESTS MICROSECONDS WRONG".

local message = string.rep("0123456789abcdef", 4)
local threads = {}
local bytes
wrong = 0 -- global, so that done() can read it from the thread

local function legacy(session)
  return { ["MCP-Protocol-Version"] = "2025-11-25", ["Mcp-Session-Id"] = session }, ""
end

local function modern()
  local headers = {
    ["MCP-Protocol-Version"] = "2026-07-28",
    ["Mcp-Method"] = "tools/call",
    ["Mcp-Name"] = "echo",
  }
  return headers, ',"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",'
    .. '"io.modelcontextprotocol/clientInfo":{"name":"load","version":"1.0.0"},'
    .. '"io.modelcontextprotocol/clientCapabilities":{}}'
end

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  local headers, meta
  if args[1] == "modern" then
    headers, meta = modern()
  else
    headers, meta = legacy(args[2])
  end
  headers["Content-Type"] = "application/json"
  headers["Accept"] = "application/json, text/event-stream"
  local params = '{"name":"echo","arguments":{"message":"' .. message .. '"}' .. meta .. "}"
  bytes = wrk.format("POST", nil, headers, '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":' .. params .. "}")
end

function request()
  return bytes
end

function response(status, _, body)
  if status ~= 200 or not body:find(message, 1, true) then
    wrong = wrong + 1
  end
end

function done(summary)
  local errors = summary.errors
  local bad = errors.connect + errors.read + errors.write + errors.timeout
  for _, thread in ipairs(threads) do
    bad = bad + thread:get("wrong")
  end
  print(string.format("result %d %d %d", summary.requests, summary.duration, bad))
end
