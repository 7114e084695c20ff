namespace Rectify.Organisation.Import;

/// <summary>Reckons what the people of a workbook do to the list of people.</summary>
/// <param name="find">The unit that a cell means, as it will stand.</param>
internal sealed class PeopleReckoning(Reach reach, Func<string, UnitNode?> find, List<CellError> errors)
{
    private readonly Dictionary<string, Person> byCode = new(StringComparer.Ordinal);
    private readonly HashSet<Person> taken = [];
    private ILookup<(Guid, string), Person> byName = null!;

    public List<PersonNode> Run(List<Person> existing, List<SheetRow> rows, IReadOnlyDictionary<Guid, UnitNode> units)
    {
        foreach (var person in existing.Where(person => person.Code is not null))
        {
            byCode[person.Code!] = person;
        }

        byName = existing.ToLookup(person => (person.UnitId, person.Name));
        var people = new List<PersonNode>();
        var codes = new Dictionary<string, SheetRow>(StringComparer.Ordinal);
        var names = new Dictionary<(UnitNode, string), SheetRow>();
        foreach (var row in rows)
        {
            var (name, code) = (row[Column.PersonName], row.Stated(Column.PersonCode));
            if (!IsSound(row, name, code) || Unit(row) is not { } unit)
            {
                continue;
            }

            // Without a number two people of one name in one unit cannot be told apart.
            if (code is not null && !codes.TryAdd(code, row))
            {
                errors.Add(row.Error(Column.PersonCode, "twice", codes[code].Cell(Column.PersonCode)));
                continue;
            }

            if (!names.TryAdd((unit, name), row) && code is null)
            {
                errors.Add(row.Error(Column.PersonName, "twice", names[(unit, name)].Cell(Column.PersonName)));
                continue;
            }

            if (Match(row, name, code, unit) is not (var person, true))
            {
                continue;
            }

            var node = new PersonNode(
                person, row, code ?? person?.Code, unit, name, row.Stated(Column.Post) ?? person?.Post ?? "",
                person is null ? [] : [.. Changes(person, row, name, code, unit, units)]);
            if (node.Fate is not Fate.Same && !(IsWithin(unit) && (person is null || reach.Includes(units[person.UnitId].Existing!.Path))))
            {
                errors.Add(row.Error(Column.PersonUnit, "reach", unit.Details.Name));
            }

            people.Add(node);
        }

        return people;
    }

    private bool IsSound(SheetRow row, string name, string? code)
    {
        var before = errors.Count;
        if (name.Length is 0 or > 60)
        {
            errors.Add(row.Error(Column.PersonName, name.Length == 0 ? "no-person" : "long-person"));
        }

        if (code?.Length > 20)
        {
            errors.Add(row.Error(Column.PersonCode, "person-code", code));
        }

        if (row[Column.Post].Length > 100)
        {
            errors.Add(row.Error(Column.Post, "long-post"));
        }

        return errors.Count == before;
    }

    private UnitNode? Unit(SheetRow row)
    {
        if (row.Stated(Column.PersonUnit) is not { } text)
        {
            errors.Add(row.Error(Column.PersonUnit, "no-unit"));
            return null;
        }

        if (find(text) is { } unit)
        {
            return unit;
        }

        errors.Add(row.Error(Column.PersonUnit, "unknown-unit", text));
        return null;
    }

    // By number; without one by name within the unit, if only one person there bears it.
    private (Person? Person, bool Clear) Match(SheetRow row, string name, string? code, UnitNode unit)
    {
        if (code is not null && byCode.TryGetValue(code, out var coded))
        {
            taken.Add(coded);
            return (coded, true);
        }

        var namesakes = unit.Existing is { } at
            ? byName[(at.Id, name)].Where(person => !taken.Contains(person) && (code is null || person.Code is null)).ToList()
            : [];
        if (namesakes.Count > 1)
        {
            errors.Add(row.Error(Column.PersonName, "namesakes", name));
            return (null, false);
        }

        if (namesakes is [var only])
        {
            taken.Add(only);
        }

        return (namesakes.FirstOrDefault(), true);
    }

    private static IEnumerable<FieldChange> Changes(
        Person person, SheetRow row, string name, string? code, UnitNode unit, IReadOnlyDictionary<Guid, UnitNode> units)
    {
        if (code is not null && code != person.Code)
        {
            yield return new("Person.Code", person.Code, code);
        }

        if (name != person.Name)
        {
            yield return new("Person.Name", person.Name, name);
        }

        if (unit.Existing?.Id != person.UnitId)
        {
            yield return new("Person.UnitId", units[person.UnitId].Details.Name, unit.Details.Name);
        }

        if (row.Stated(Column.Post) is { } post && post != person.Post)
        {
            yield return new("Person.Post", person.Post, post);
        }
    }

    private bool IsWithin(UnitNode? unit)
    {
        for (var steps = 0; unit is { Existing: null } && steps < 1_000; steps++)
        {
            unit = unit.Parent;
        }

        return reach.Includes(unit?.Existing?.Path ?? "");
    }
}
