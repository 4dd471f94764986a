/** The keys of a file of texts, with dots between levels: `when.hour`. */
export type TextKeys<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : TextKeys<T[K], `${Path}${K}.`>;
}[keyof T & string];
