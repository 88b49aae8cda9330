// Three subgraphs: who asks is told by the token; `reviews` is slow, and fails when asked for a
// rating; `shop` has a new product every 400 ms.
import http from 'node:http';
import { parse } from 'graphql';

const TOKEN = 'made-up-token';
const PEOPLE = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing'];
const REVIEWS_MILLISECONDS = 300;
const EVENT_MILLISECONDS = 400;

const user = (id) => ({ __typename: 'User', id: String(id), displayName: PEOPLE[id] });
const product = (id) => ({ __typename: 'Product', id: String(id), name: `Thing ${id}`, seller: user(id % 3) });
const session = { accessToken: TOKEN, refreshToken: 'another', expiresIn: 900 };

const ACCOUNTS = {
  me: (_, token) => (token === `Bearer ${TOKEN}` ? user(0) : null),
  logIn: ({ input }) => {
    if (input.password === 'wrong') throw new Error('the password is wrong');
    return { user: user(0), session };
  },
  logOut: () => ({ loggedOut: true }),
  User: ({ id }) => user(Number(id)),
};

const SHOP = {
  products: () => [0, 1, 2, 3].map(product),
  productAdded: (_, __, number) => ({ ...product(number), name: `Novelty ${number}` }),
  Product: ({ id }) => product(Number(id)),
};

const REVIEWS = {
  Product: ({ id }) => ({
    __typename: 'Product',
    id,
    reviews: [0, 1].map((n) => ({ __typename: 'Review', text: `Opinion ${n} on ${id}`, author: user((Number(id) + n) % 3) })),
  }),
};

/// @return the port of each
export async function startSubgraphs() {
  const reviews = async (request, response, body) => {
    await new Promise((resolve) => setTimeout(resolve, REVIEWS_MILLISECONDS));
    if (body.query.includes('rating')) {
      response.writeHead(503).end();
    } else {
      answer(response, REVIEWS, request, body);
    }
  };
  return {
    accounts: await listen((request, response, body) => answer(response, ACCOUNTS, request, body)),
    shop: await listen((request, response, body) =>
      request.headers.accept?.includes('text/event-stream') ? stream(response, body) : answer(response, SHOP, request, body),
    ),
    reviews: await listen(reviews),
  };
}

async function listen(serve) {
  const server = http.createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    await serve(request, response, JSON.parse(text));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server.address().port;
}

function answer(response, roots, request, body) {
  const result = execute(roots, body, request.headers.authorization);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
}

function stream(response, body) {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  let number = 0;
  const timer = setInterval(() => {
    number++;
    response.write(`event: next\ndata: ${JSON.stringify(execute(SHOP, body, null, number))}\n\n`);
  }, EVENT_MILLISECONDS);
  response.on('close', () => clearInterval(timer));
}

function execute(roots, { query, variables }, token, number) {
  try {
    const data = {};
    for (const field of parse(query).definitions[0].selectionSet.selections) {
      const name = field.name.value;
      const given = Object.fromEntries(field.arguments.map((it) => [it.name.value, valueOf(it.value, variables)]));
      const found = name === '_entities'
        ? given.representations.map((it) => roots[it.__typename](it))
        : roots[name](given, token, number);
      data[field.alias?.value ?? name] = select(found, field.selectionSet);
    }
    return { data };
  } catch (failure) {
    return { data: null, errors: [{ message: failure.message }] };
  }
}

function valueOf(node, variables) {
  switch (node.kind) {
    case 'Variable':
      return variables[node.name.value];
    case 'ObjectValue':
      return Object.fromEntries(node.fields.map((it) => [it.name.value, valueOf(it.value, variables)]));
    default:
      return node.value;
  }
}

function select(value, set) {
  if (!set || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => select(each, set));
  const object = {};
  for (const part of set.selections) {
    if (part.kind === 'Field') {
      object[part.alias?.value ?? part.name.value] = select(value[part.name.value], part.selectionSet);
    } else if (!part.typeCondition || part.typeCondition.name.value === value.__typename) {
      Object.assign(object, select(value, part.selectionSet));
    }
  }
  return object;
}
