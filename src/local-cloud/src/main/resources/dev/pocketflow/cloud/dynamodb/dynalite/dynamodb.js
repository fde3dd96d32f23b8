// DynamoDB in memory on a free port of 127.0.0.1. Prints the port. Ends with its input and deletes the directory in its argument.
'use strict'

const fs = require('fs')
const dynalite = require('dynalite')

// Dynalite throws when a client leaves in the middle of a request. That must not end the server for the other clients.
process.on('uncaughtException', (error) => {
  if (error.code !== 'ECONNRESET') {
    console.error(error)
    process.exit(1)
  }
})

const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })
// A timeout of the server races the client's next request on the same connection.
server.keepAliveTimeout = 0
server.headersTimeout = 0
server.requestTimeout = 0
server.listen(0, '127.0.0.1', () => console.log(server.address().port))

process.stdin.resume().on('end', () => {
  fs.rmSync(process.argv[2], { recursive: true, force: true })
  process.exit(0)
})
