import { type ApiControllerOptions, CONTROLLER_OPTIONS } from '#platform/http';

/** Section of a controller in the documents: its `tag`, else the words of its name without audience and role. */
export function tagOf(controller: { name: string }): string {
  const options = (Reflect.getMetadata(CONTROLLER_OPTIONS, controller) as ApiControllerOptions | undefined) ?? {};
  const words =
    controller.name.replace(/(?:Console|Service|ServiceApi|Web|Files|Root|Inner)?Controller$/, '').match(/[A-Z][a-z0-9]*/g) ?? [];
  const name = options.tag ?? words.join(' ');
  return name.charAt(0).toUpperCase() + name.slice(1).toLowerCase();
}
