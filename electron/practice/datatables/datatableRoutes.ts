// Datatables: tables that an institution hangs on a noun of head office, such as the marker table of a branch. A column
// may be unique, which is what makes a savings posting exactly-once. Queries are not limited to the caller's offices.
import { type Call, has, isInScope, reply, requireRead } from '../call.ts';
import { type CommandResult, runCommand } from '../commandLayer.ts';
import { type JsonObject, parseObject } from '../commandBody.ts';
import { dateParts, dateTimeArray, parseDate } from '../dates.ts';
import { integrityIssue, notFound, type ParameterError, unsupportedParameters, validationError, validationErrors } from '../errors.ts';
import type { HeadOfficeReply } from '../headOfficeHttp.ts';
import { type Route, route } from '../router.ts';

interface Column {
  name: string;
  type: string;
  length?: number;
  mandatory: boolean;
  unique: boolean;
  indexed: boolean;
}

interface TableRow {
  name: string;
  apptable: string;
  sub_type: string | null;
  multi_row: number;
  columns: string;
}

interface ContentRow {
  id: number;
  table_name: string;
  owner_id: number;
  content: string;
  created_at: number;
  updated_at: number;
}

/** What a table may hang on: where the owner lives, its id column in answers, and its office. */
const APPTABLES: Readonly<Record<string, { owner: string; column: string }>> = {
  m_client: {
    owner: 'SELECT office_id, id AS client_id, NULL AS savings_id, NULL AS loan_id FROM client WHERE id = ?',
    column: 'client_id',
  },
  m_group: {
    owner: 'SELECT office_id, NULL AS client_id, NULL AS savings_id, NULL AS loan_id FROM client_group WHERE id = ?',
    column: 'group_id',
  },
  m_office: {
    owner: 'SELECT id AS office_id, NULL AS client_id, NULL AS savings_id, NULL AS loan_id FROM office WHERE id = ?',
    column: 'office_id',
  },
  m_loan: { owner: 'SELECT office_id, client_id, NULL AS savings_id, id AS loan_id FROM loan WHERE id = ?', column: 'loan_id' },
  m_savings_account: {
    owner: 'SELECT office_id, client_id, id AS savings_id, NULL AS loan_id FROM savings_account WHERE id = ?',
    column: 'savings_account_id',
  },
  m_savings_account_transaction: {
    owner:
      'SELECT t.office_id, a.client_id, a.id AS savings_id, NULL AS loan_id FROM savings_transaction t JOIN savings_account a ON a.id = t.account_id WHERE t.id = ?',
    column: 'savings_transaction_id',
  },
};

/** What head office names when it refuses a table; practice hangs rows on those above. */
const EVERY_APPTABLE = [
  'm_client',
  'm_group',
  'm_center',
  'm_office',
  'm_product_loan',
  'm_loan',
  'm_savings_product',
  'm_savings_account',
  'm_savings_account_transaction',
  'm_share_product',
];

interface Owner {
  office_id: number;
  client_id: number | null;
  savings_id: number | null;
  loan_id: number | null;
}

const COLUMN_TYPES = ['String', 'Number', 'Boolean', 'Decimal', 'Date', 'DateTime', 'Text', 'JSON', 'Dropdown'];

function findTable(call: Call, name: string): TableRow {
  const row = call.office.book.get('SELECT * FROM datatable WHERE name = ?', name) as TableRow | undefined;
  if (row === undefined) throw notFound('error.msg.datatable.not.found', `Datatable \`${name}\` not found.`, [name]);
  return row;
}

function columnsOf(table: TableRow): Column[] {
  return JSON.parse(table.columns) as Column[];
}

function ownerColumn(table: TableRow): string {
  return APPTABLES[table.apptable]?.column ?? 'owner_id';
}

function findOwner(call: Call, table: TableRow, id: number): Owner {
  const owner = call.office.book.get(APPTABLES[table.apptable]?.owner ?? '', id) as Owner | undefined;
  if (owner === undefined || !isInScope(call, owner.office_id)) {
    throw notFound('error.msg.datatable.data.not.found', 'Data not found for datatable: ', [`${table.apptable}  Id:${String(id)}`]);
  }
  return owner;
}

const NAME_PATTERN = String.raw`^[a-zA-Z][a-zA-Z0-9\-_\s]{0,}[a-zA-Z0-9]$`;

/** A name of one letter is refused, like any other that does not end as it must. */
function readColumn(column: JsonObject, errors: ParameterError[]): Column {
  const reject = (parameter: string, suffix: string, message: string, args: unknown[]): void => {
    errors.push({ code: `validation.msg.datatable.${parameter}.${suffix}`, message, parameter, args });
  };
  const name = typeof column['name'] === 'string' ? column['name'] : '';
  const type = typeof column['type'] === 'string' ? column['type'] : '';
  if (!new RegExp(NAME_PATTERN).test(name) || name.length > NAME_MOST)
    reject('name', 'does.not.match.regexp', `The parameter \`name\` must match the provided regular expression [ ${NAME_PATTERN} ] .`, [
      name,
      NAME_PATTERN,
    ]);
  const known = COLUMN_TYPES.map((each) => each.toLowerCase());
  if (!COLUMN_TYPES.includes(type))
    reject('type', 'is.not.one.of.expected.enumerations', `The parameter \`type\` must be one of [ ${known.join(', ')} ] .`, [type, known]);
  if (type === 'String' && typeof column['length'] !== 'number')
    reject('length', 'must.be.provided.when.type.is.String', 'Failed data validation due to: must.be.provided.when.type.is.String.', [
      null,
      [],
    ]);
  return {
    name,
    type,
    ...(typeof column['length'] === 'number' ? { length: column['length'] } : {}),
    mandatory: column['mandatory'] === true,
    unique: column['unique'] === true,
    indexed: column['indexed'] === true,
  };
}

const NAME_MOST = 50;

function define(call: Call): CommandResult {
  const asked = parseObject(call.body);
  const unknown = Object.keys(asked).filter(
    (name) => !['datatableName', 'apptableName', 'multiRow', 'columns', 'entitySubType', 'locale', 'dateFormat'].includes(name),
  );
  if (unknown.length > 0) throw unsupportedParameters(unknown);
  const name = asked['datatableName'];
  const apptable = asked['apptableName'];
  if (typeof name !== 'string' || !/^[A-Za-z][A-Za-z0-9 _-]{0,49}$/.test(name))
    throw validationError(
      'validation.msg.datatable.datatableName.does.not.match.regexp',
      'A name of letters, digits, _ and - is needed.',
      'datatableName',
    );
  if (typeof apptable !== 'string' || APPTABLES[apptable] === undefined)
    throw validationError(
      'validation.msg.datatable.apptableName.is.not.one.of.expected.enumerations',
      `The parameter \`apptableName\` must be one of [ ${EVERY_APPTABLE.join(', ')} ] .`,
      'apptableName',
      [apptable, EVERY_APPTABLE],
    );
  if (!Array.isArray(asked['columns']) || asked['columns'].length === 0)
    throw validationError('validation.msg.datatable.columns.cannot.be.blank', 'Columns are needed.', 'columns');
  const errors: ParameterError[] = [];
  const subType = asked['entitySubType'];
  if (apptable === 'm_client' && typeof subType !== 'string')
    errors.push({
      code: 'validation.msg.datatable.entitySubType.cannot.be.blank',
      message: 'The parameter `entitySubType` is mandatory.',
      parameter: 'entitySubType',
      args: [null],
    });
  const columns = asked['columns'].map((each: unknown) => readColumn(each as JsonObject, errors));
  if (errors.length > 0) throw validationErrors(errors);
  const { book } = call.office;
  if (book.get('SELECT name FROM datatable WHERE name = ?', name) !== undefined)
    throw validationError(
      'validation.msg.datatable.datatableName.datatable.already.exists',
      'Failed data validation due to: datatable.already.exists.',
      'datatableName',
      [name, []],
    );
  book.run(
    'INSERT INTO datatable (name, apptable, sub_type, multi_row, columns) VALUES (?,?,?,?,?)',
    name,
    apptable,
    typeof subType === 'string' ? subType : null,
    asked['multiRow'] === true ? 1 : 0,
    JSON.stringify(columns),
  );
  for (const action of ['CREATE', 'READ', 'UPDATE', 'DELETE']) {
    for (const suffix of action === 'READ' ? [''] : ['', '_CHECKER']) {
      book.run(
        'INSERT OR IGNORE INTO permission (code, grouping_name, action, entity) VALUES (?,?,?,?)',
        `${action}_${name}${suffix}`,
        'datatable',
        `${action}${suffix}`,
        name,
      );
    }
  }
  return { resourceIdentifier: name };
}

const TEXT_LENGTH = 65_535;

function shownType(column: Column): string {
  return column.type === 'Number' ? 'INTEGER' : column.type.toUpperCase();
}

function definitionReply(table: TableRow): object {
  const own = { isColumnNullable: false, isColumnIndexed: true, columnValues: [] };
  return {
    applicationTableName: table.apptable,
    registeredTableName: table.name,
    entitySubType: table.sub_type ?? undefined,
    columnHeaderData: [
      ...(table.multi_row === 1
        ? [
            {
              columnName: 'id',
              columnType: 'BIGINT',
              columnLength: 0,
              columnDisplayType: 'INTEGER',
              isColumnPrimaryKey: true,
              isColumnUnique: true,
              ...own,
            },
          ]
        : []),
      {
        columnName: ownerColumn(table),
        columnType: 'BIGINT',
        columnLength: 0,
        columnDisplayType: 'INTEGER',
        isColumnPrimaryKey: table.multi_row === 0,
        isColumnUnique: table.multi_row === 0,
        ...own,
      },
      ...columnsOf(table).map((column) => ({
        columnName: column.name,
        columnType: column.type === 'String' ? 'VARCHAR' : shownType(column),
        columnLength: column.length ?? (column.type === 'Text' ? TEXT_LENGTH : 0),
        columnDisplayType: shownType(column),
        isColumnNullable: !column.mandatory,
        isColumnPrimaryKey: false,
        isColumnUnique: column.unique,
        isColumnIndexed: column.indexed || column.unique,
        columnValues: [],
      })),
      ...['created_at', 'updated_at'].map((name) => ({
        columnName: name,
        columnType: 'DATETIME',
        columnLength: 0,
        columnDisplayType: 'DATETIME',
        isColumnNullable: true,
        isColumnPrimaryKey: false,
        isColumnUnique: false,
        isColumnIndexed: false,
        columnValues: [],
      })),
    ],
  };
}

function readContent(table: TableRow, ownerId: number, asked: JsonObject, isWhole: boolean): JsonObject {
  const columns = columnsOf(table);
  const names = new Set(columns.map((column) => column.name));
  const unknown = Object.keys(asked).find((name) => !names.has(name) && !['locale', 'dateFormat', 'dateTimeFormat'].includes(name));
  if (unknown !== undefined) throw unknownColumn(unknown);
  const content: JsonObject = {};
  for (const column of columns) {
    const value = asked[column.name];
    if (value === undefined || value === null || value === '') {
      if (column.mandatory && (isWhole || column.name in asked))
        throw integrityIssue(
          'error.msg.datatable.no.value.provided.for.required.fields',
          `No values provided for the datatable \`${table.name}\` and application table with identifier \`${String(ownerId)}\`.`,
          'datatableName',
          [table.name, ownerId],
        );
      continue;
    }
    if (column.length !== undefined && typeof value === 'string' && value.length > column.length)
      throw validationError(
        'validation.msg.datatable.entry.column.exceeds.maxlength',
        `The column \`${column.name}\` exceeds its defined max-length `,
        column.name,
        [value],
      );
    content[column.name] = readValue(column, value, asked);
  }
  return content;
}

function unknownColumn(name: string): Error {
  return validationErrors([
    { code: 'error.msg.invalid.column', message: 'Column not exist in database', parameter: 'column', value: name },
  ]);
}

function readValue(column: Column, value: unknown, asked: JsonObject): unknown {
  const invalid = (kind: string, message: string, args: readonly unknown[], given?: unknown): Error =>
    validationErrors([
      {
        code: `validation.msg.invalid.${kind}.format`,
        message: `The parameter \`${column.name}\` ${message}`,
        parameter: column.name,
        args,
        value: given,
      },
    ]);
  const text = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
  const locale = typeof asked['locale'] === 'string' ? asked['locale'] : null;
  switch (column.type) {
    case 'Number':
    case 'Dropdown':
      if (!/^-?\d+$/.test(text)) throw invalid('integer', `has value: ${text} which is invalid integer value.`, [text, locale], text);
      return Number(text);
    case 'Decimal':
      if (!Number.isFinite(Number(text)))
        throw invalid('decimal', `has value: ${text} which is invalid decimal value.`, [text, locale], text);
      return Number(text);
    case 'Boolean':
      if (text !== 'true' && text !== 'false') throw invalid('boolean', `has value: ${text} which is invalid boolean value.`, [text]);
      return text;
    case 'Date': {
      const format = typeof asked['dateFormat'] === 'string' ? asked['dateFormat'] : 'yyyy-MM-dd';
      const date = parseDate(text, format);
      if (date === null) throw invalid('dateFormat', `is invalid based on the dateFormat: \`${format}\``, [null, format]);
      return date;
    }
    default:
      return text;
  }
}

/** Of a second row and of a value that is taken alike: nobody says which of the two it was. */
function duplicateEntry(table: TableRow, ownerId: number): Error {
  return integrityIssue(
    'error.msg.datatable.entry.duplicate',
    `An entry already exists for datatable \`${table.name}\` and application table with identifier \`${String(ownerId)}\`.`,
    'datatableName',
    [table.name, ownerId],
  );
}

function keepUnique(call: Call, table: TableRow, ownerId: number, rowId: number, content: JsonObject): void {
  for (const column of columnsOf(table)) {
    const value = content[column.name];
    if (!column.unique || value === undefined) continue;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (
      call.office.book.get(
        'SELECT row_id FROM datatable_unique WHERE table_name = ? AND column_name = ? AND value = ?',
        table.name,
        column.name,
        text,
      ) !== undefined
    ) {
      throw duplicateEntry(table, ownerId);
    }
    call.office.book.run(
      'INSERT INTO datatable_unique (table_name, column_name, value, row_id) VALUES (?,?,?,?)',
      table.name,
      column.name,
      text,
      rowId,
    );
  }
}

function resultOf(table: TableRow, owner: Owner, ownerId: number, rowId: number): CommandResult {
  return {
    officeId: owner.office_id,
    clientId: owner.client_id ?? undefined,
    savingsId: owner.savings_id ?? undefined,
    loanId: owner.loan_id ?? undefined,
    resourceId: table.multi_row === 1 ? rowId : ownerId,
    // A marker's row names its transaction twice, once for the caller of the table and once for the caller of the account.
    ...(table.apptable === 'm_savings_account_transaction' ? { transactionId: String(ownerId) } : {}),
  };
}

function addRow(call: Call, name: string, ownerId: number): HeadOfficeReply {
  const table = findTable(call, name);
  return runCommand(call, { action: 'CREATE', entity: table.name, perform: () => keepRow(call, name, ownerId, parseObject(call.body)) });
}

/** Also what is filled in beside a deed that wants the table. */
export function keepRow(call: Call, name: string, ownerId: number, asked: JsonObject): CommandResult {
  const table = findTable(call, name);
  const owner = findOwner(call, table, ownerId);
  const content = readContent(table, ownerId, asked, true);
  const { book } = call.office;
  if (
    table.multi_row === 0 &&
    book.get('SELECT id FROM datatable_row WHERE table_name = ? AND owner_id = ?', table.name, ownerId) !== undefined
  ) {
    throw duplicateEntry(table, ownerId);
  }
  const now = call.office.now();
  const rowId = book.run(
    'INSERT INTO datatable_row (table_name, owner_id, content, created_at, updated_at) VALUES (?,?,?,?,?)',
    table.name,
    ownerId,
    JSON.stringify(content),
    now,
    now,
  );
  keepUnique(call, table, ownerId, rowId, content);
  return resultOf(table, owner, ownerId, rowId);
}

function findContent(call: Call, table: TableRow, ownerId: number, rowId: number | undefined): ContentRow {
  const row = (
    rowId === undefined
      ? call.office.book.get('SELECT * FROM datatable_row WHERE table_name = ? AND owner_id = ?', table.name, ownerId)
      : call.office.book.get('SELECT * FROM datatable_row WHERE table_name = ? AND owner_id = ? AND id = ?', table.name, ownerId, rowId)
  ) as ContentRow | undefined;
  if (row === undefined) throw notFound('error.msg.datatable.entry.not.found', 'The datatable entry does not exist', [ownerId]);
  return row;
}

function changeRow(call: Call, name: string, ownerId: number, rowId: number | undefined): HeadOfficeReply {
  const table = findTable(call, name);
  return runCommand(call, {
    action: 'UPDATE',
    entity: table.name,
    perform: () => {
      const owner = findOwner(call, table, ownerId);
      const row = findContent(call, table, ownerId, rowId);
      const changes = readContent(table, ownerId, parseObject(call.body), false);
      const content = { ...(JSON.parse(row.content) as JsonObject), ...changes };
      call.office.book.run('DELETE FROM datatable_unique WHERE table_name = ? AND row_id = ?', table.name, row.id);
      keepUnique(call, table, ownerId, row.id, content);
      call.office.book.run(
        'UPDATE datatable_row SET content = ?, updated_at = ? WHERE id = ?',
        JSON.stringify(content),
        call.office.now(),
        row.id,
      );
      return { ...resultOf(table, owner, ownerId, row.id), transactionId: undefined, changes };
    },
  });
}

function removeRows(call: Call, name: string, ownerId: number, rowId: number | undefined): HeadOfficeReply {
  const table = findTable(call, name);
  return runCommand(call, {
    action: 'DELETE',
    entity: table.name,
    perform: () => {
      const owner = findOwner(call, table, ownerId);
      const row = findContent(call, table, ownerId, rowId);
      call.office.book.run('DELETE FROM datatable_unique WHERE table_name = ? AND row_id = ?', table.name, row.id);
      call.office.book.run('DELETE FROM datatable_row WHERE id = ?', row.id);
      return resultOf(table, owner, ownerId, row.id);
    },
  });
}

/** With the nanoseconds, which are always none. */
function instantArray(epochMs: number): number[] {
  return [...dateTimeArray(epochMs), 0];
}

function rowReply(table: TableRow, row: ContentRow): JsonObject {
  const content = JSON.parse(row.content) as JsonObject;
  const values: JsonObject = { ...(table.multi_row === 1 ? { id: row.id } : {}), [ownerColumn(table)]: row.owner_id };
  for (const column of columnsOf(table)) {
    const value = content[column.name];
    if (column.type === 'Date' && typeof value === 'string') values[column.name] = dateParts(value);
    else if (column.type === 'DateTime' && typeof value === 'string')
      values[column.name] = instantArray(Date.parse(`${value.replace(' ', 'T')}Z`));
    else values[column.name] = value ?? null;
  }
  return { ...values, created_at: instantArray(row.created_at), updated_at: instantArray(row.updated_at) };
}

function readRows(call: Call, name: string, ownerId: number, rowId?: number): HeadOfficeReply {
  const table = findTable(call, name);
  requireRead(call, table.name);
  findOwner(call, table, ownerId);
  const rows = (
    call.office.book.all(
      'SELECT * FROM datatable_row WHERE table_name = ? AND owner_id = ? ORDER BY id',
      table.name,
      ownerId,
    ) as ContentRow[]
  ).filter((row) => rowId === undefined || row.id === rowId);
  const values = rows.map((row) => rowReply(table, row));
  if (call.query.get('genericResultSet') !== 'true') return reply(values);
  const { columnHeaderData } = definitionReply(table) as { columnHeaderData: { columnName: string }[] };
  return reply({
    columnHeaders: columnHeaderData,
    data: values.map((value) => ({ row: columnHeaderData.map((header) => value[header.columnName] ?? null) })),
  });
}

type Comparable = string | number;

function comparable(value: unknown): Comparable {
  if (typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((part) => String(part).padStart(4, '0')).join('-');
  return String(value);
}

/** An instant is asked for as 'YYYY-MM-DD HH:mm:ss' or 'YYYY-MM-DDTHH:mm:ss' (UTC) or as a date. */
function instantOf(text: string): number {
  return Date.parse(`${text.includes(':') ? text.replace(' ', 'T') : `${text}T00:00:00`}Z`);
}

function holds(operator: string, actual: unknown, values: readonly string[]): boolean {
  if (operator === 'NULL') return actual === null || actual === undefined;
  if (operator === 'NNULL') return actual !== null && actual !== undefined;
  if (actual === null || actual === undefined) return false;
  const own = comparable(actual);
  const asked = values.map((value): Comparable => (typeof own === 'number' ? Number(value) : value));
  const [first, second] = asked;
  if (first === undefined) return false;
  switch (operator) {
    case 'EQ':
      return own === first;
    case 'NEQ':
      return own !== first;
    case 'GTE':
      return own >= first;
    case 'LTE':
      return own <= first;
    case 'GT':
      return own > first;
    case 'LT':
      return own < first;
    case 'LIKE':
      return String(own).includes(String(first));
    case 'NLIKE':
      return !String(own).includes(String(first));
    case 'IN':
      return asked.includes(own);
    case 'NIN':
      return !asked.includes(own);
    case 'BTW':
      return second !== undefined && own >= first && own <= second;
    case 'NBTW':
      return second !== undefined && !(own >= first && own <= second);
    default:
      throw validationError(
        'validation.msg.datatable.filter.operator.is.not.one.of.expected.enumerations',
        `Unknown operator ${operator}.`,
        'operator',
        [operator],
      );
  }
}

interface ColumnFilter {
  column: string;
  filters: { operator: string; values?: (string | number | boolean)[] }[];
}

function query(call: Call, name: string): HeadOfficeReply {
  const table = findTable(call, name);
  requireRead(call, table.name);
  const asked = parseObject(call.body) as {
    request?: { columnFilters?: ColumnFilter[]; resultColumns?: string[] };
    page?: number;
    size?: number;
    sorts?: { direction?: string; property: string }[];
  };
  const filters = asked.request?.columnFilters ?? [];
  const known = new Set(['id', ownerColumn(table), 'created_at', 'updated_at', ...columnsOf(table).map((column) => column.name)]);
  for (const column of [...filters.map((filter) => filter.column), ...(asked.request?.resultColumns ?? [])]) {
    if (!known.has(column)) throw unknownColumn(column);
  }
  const rows = candidates(call, table, filters).filter((row) => {
    const content = JSON.parse(row.content) as JsonObject;
    return filters.every((filter) =>
      filter.filters.every(({ operator, values = [] }) => {
        const texts = values.map(String);
        if (filter.column === 'created_at')
          return holds(
            operator,
            row.created_at,
            texts.map((text) => String(instantOf(text))),
          );
        if (filter.column === 'updated_at')
          return holds(
            operator,
            row.updated_at,
            texts.map((text) => String(instantOf(text))),
          );
        if (filter.column === 'id') return holds(operator, row.id, texts);
        if (filter.column === ownerColumn(table)) return holds(operator, row.owner_id, texts);
        return holds(operator, content[filter.column], texts);
      }),
    );
  });
  const [first] = asked.sorts ?? [];
  const key = table.multi_row === 1 ? 'id' : ownerColumn(table);
  const sort = { direction: first?.direction?.toUpperCase() === 'ASC' ? 'ASC' : 'DESC', property: first?.property ?? key };
  const size = asked.size !== undefined && asked.size > 0 ? asked.size : 50;
  const page = asked.page ?? 0;
  const columns = asked.request?.resultColumns ?? [];
  const valueOf = (row: ContentRow, column: string): unknown => {
    if (column === 'id') return row.id;
    if (column === 'created_at' || column === 'updated_at') return instantText(row[column]);
    return rowReply(table, row)[column] ?? null;
  };
  const keyed = rows.map((row) => ({ row, by: comparable(valueOf(row, sort.property)) }));
  keyed.sort((left, right) => (left.by < right.by ? -1 : left.by > right.by ? 1 : 0) * (sort.direction === 'ASC' ? 1 : -1));
  // Without columns asked for, only the key comes.
  const wanted = columns.length === 0 ? [key] : columns;
  const content = keyed
    .slice(page * size, (page + 1) * size)
    .map(({ row }) => Object.fromEntries(wanted.map((column) => [column, valueOf(row, column)])));
  return reply({
    total: rows.length,
    content,
    pageable: { sort: { orders: [{ ...sort, ignoreCase: false, nullHandling: 'NATIVE' }] }, pageNumber: page, pageSize: size },
  });
}

function instantText(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19).replace('T', ' ');
}

/** One equality on a unique column finds its row at once; anything else reads the table. */
function candidates(call: Call, table: TableRow, filters: readonly ColumnFilter[]): ContentRow[] {
  const { book } = call.office;
  const uniqueNames = new Set(
    columnsOf(table)
      .filter((column) => column.unique)
      .map((column) => column.name),
  );
  for (const filter of filters) {
    const exact = filter.filters.find(({ operator }) => operator === 'EQ' || operator === 'IN');
    if (exact === undefined || !uniqueNames.has(filter.column)) continue;
    return (exact.values ?? []).flatMap(
      (value) =>
        book.all(
          'SELECT r.* FROM datatable_unique u JOIN datatable_row r ON r.id = u.row_id WHERE u.table_name = ? AND u.column_name = ? AND u.value = ?',
          table.name,
          filter.column,
          String(value),
        ) as ContentRow[],
    );
  }
  return book.all('SELECT * FROM datatable_row WHERE table_name = ? ORDER BY id', table.name) as ContentRow[];
}

/** GET …/query?columnFilter=&valueFilter=&resultColumns= : the older, simpler question. */
function simpleQuery(call: Call, name: string): HeadOfficeReply {
  const table = findTable(call, name);
  requireRead(call, table.name);
  const column = call.query.get('columnFilter') ?? '';
  const value = call.query.get('valueFilter') ?? '';
  const wanted = (call.query.get('resultColumns') ?? '').split(',').filter((each) => each !== '');
  if (!columnsOf(table).some((each) => each.name === column) && column !== ownerColumn(table)) throw unknownColumn(column);
  const rows = candidates(call, table, [{ column, filters: [{ operator: 'EQ', values: [value] }] }]).map((row) => rowReply(table, row));
  const found = rows.filter((row) => String(row[column]) === value);
  return reply(found.map((row) => (wanted.length === 0 ? row : Object.fromEntries(wanted.map((each) => [each, row[each] ?? null])))));
}

export const datatableRoutes: readonly Route[] = [
  route('GET', 'datatables', (call) => {
    requireRead(call, 'DATATABLE');
    const apptable = call.query.get('apptable');
    const rows = call.office.book.all('SELECT * FROM datatable ORDER BY name') as TableRow[];
    return reply(rows.filter((row) => apptable === null || row.apptable === apptable).map(definitionReply));
  }),
  route('POST', 'datatables', (call) => runCommand(call, { action: 'CREATE', entity: 'DATATABLE', perform: () => define(call) })),
  route('GET', 'datatables/:x', (call, parts) => {
    requireRead(call, 'DATATABLE');
    // Absent, or not to be read by this caller: there is nothing to say, and no word of why.
    const table = call.office.book.get('SELECT * FROM datatable WHERE name = ?', parts.text(0)) as TableRow | undefined;
    const isReadable = has(call.caller, `READ_${parts.text(0)}`) || call.caller.permissions.has('ALL_FUNCTIONS_READ');
    return table === undefined || !isReadable ? { status: 204, headers: {}, body: '' } : reply(definitionReply(table));
  }),
  route('POST', 'datatables/:x/query', (call, parts) => query(call, parts.text(0))),
  route('GET', 'datatables/:x/query', (call, parts) => simpleQuery(call, parts.text(0))),
  route('POST', 'datatables/:x/:n', (call, parts) => addRow(call, parts.text(0), parts.number(1))),
  route('GET', 'datatables/:x/:n', (call, parts) => readRows(call, parts.text(0), parts.number(1))),
  route('GET', 'datatables/:x/:n/:n', (call, parts) => readRows(call, parts.text(0), parts.number(1), parts.number(2))),
  route('PUT', 'datatables/:x/:n', (call, parts) => changeRow(call, parts.text(0), parts.number(1), undefined)),
  route('PUT', 'datatables/:x/:n/:n', (call, parts) => changeRow(call, parts.text(0), parts.number(1), parts.number(2))),
  route('DELETE', 'datatables/:x/:n', (call, parts) => removeRows(call, parts.text(0), parts.number(1), undefined)),
  route('DELETE', 'datatables/:x/:n/:n', (call, parts) => removeRows(call, parts.text(0), parts.number(1), parts.number(2))),
];
