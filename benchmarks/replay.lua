-- wrk: send the requests of a file one after the other, from the one numbered `offset` (0 is the first) on.
-- Arguments: FILE OFFSET LOOP. With LOOP 1 the file begins again at its end; with 0 the load ends there.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  requests, issued = {}, 0
  offset, loop = tonumber(args[1 + 1]), args[1 + 2] == "1"
  for line in io.lines(args[1]) do
    local method, path, cookie, body = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
    local headers = { ["Cookie"] = cookie, ["Host"] = wrk.headers["Host"] }
    if body == "" then
      body = nil
    else
      headers["Content-Type"] = "application/x-www-form-urlencoded"
    end
    table.insert(requests, wrk.format(method, path, headers, body))
  end
end

function request()
  local number = offset + issued
  if number >= #requests and not loop then
    wrk.thread:stop()
    number = #requests - 1
  else
    issued = issued + 1
  end
  return requests[number % #requests + 1]
end

function done(summary, latency, _)
  local errors = summary.errors
  local bad = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format("RESULT %d %d %d %d %d %d %d\n", summary.requests, threads[1]:get("issued"), bad,
    summary.duration, latency:percentile(50), latency:percentile(95), latency:percentile(99)))
end
