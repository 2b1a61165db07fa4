export type * from './config';
export type {
  Attrs,
  AttrsOf,
  Content,
  Data,
  Expr,
  List,
  ListOf,
  Of,
  OptionSet,
  Package,
  Path,
  ReadOnly,
  Removed,
  Value,
} from './values';
