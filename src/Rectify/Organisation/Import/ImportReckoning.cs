using Microsoft.EntityFrameworkCore;
using Rectify.Platform.Data;

namespace Rectify.Organisation.Import;

/// <summary>Reckons what the units of a workbook do to the tree: which are new, what changes, what is wrong in which cell.</summary>
internal sealed class ImportReckoning
{
    public const string AliasField = "UnitAlias.Text";

    // An enumeration comma parts aliases too, but may also stand within one: 某市委、市政府. So it counts only where no other mark does.
    private static readonly char[] BetweenAliases = ['|', ';', '\n', '\uFF1B', '\uFF5C'];
    private const char EnumerationComma = '\u3001';

    private readonly Reach reach;
    private readonly List<UnitNode> nodes = [];
    private readonly List<CellError> errors = [];
    private readonly Dictionary<string, UnitNode> byCode = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnitNode> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, UnitNode> byId = [];

    // Every name and alias that will stand, and short names behind them; two units under one short name make it useless.
    private readonly Dictionary<string, UnitNode> held = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UnitNode?> shortNames = new(StringComparer.Ordinal);

    private ImportReckoning(Reach reach) => this.reach = reach;

    public static async Task<ImportPlan> RunAsync(Db db, OrganisationSheets sheets, Reach reach, CancellationToken ct)
    {
        var reckoning = new ImportReckoning(reach);
        reckoning.Load(await db.Units().ToListAsync(ct), await db.Aliases().AsNoTracking().ToListAsync(ct));
        reckoning.TakeRows(sheets.Units);
        reckoning.TakeNames();
        reckoning.TakeAliases();
        reckoning.TakeParents(); // may name a unit by an alias of the same workbook
        var people = new PeopleReckoning(reach, reckoning.Find, reckoning.errors).Run(await db.People().ToListAsync(ct), sheets.People, reckoning.byId);
        return new() { Units = reckoning.nodes, People = people, Errors = reckoning.errors };
    }

    private void Load(List<Unit> units, List<UnitAlias> aliases)
    {
        foreach (var unit in units)
        {
            var node = new UnitNode
            {
                Existing = unit,
                Details = new(unit.Code, unit.Name, unit.Kind, unit.ShortName, unit.DivisionCode, unit.Order, unit.Dissolved, unit.SigningName),
            };
            nodes.Add(node);
            (byId[unit.Id], byCode[unit.Code]) = (node, node);
            byName.TryAdd(UnitName.Key(unit.Name), node);
        }

        foreach (var node in nodes)
        {
            node.Parent = node.Existing!.ParentId is { } parent ? byId[parent] : null;
        }

        foreach (var alias in aliases)
        {
            held.TryAdd(alias.Key, byId[alias.UnitId]);
        }
    }

    private void TakeRows(List<SheetRow> rows)
    {
        var codes = rows.Select(row => row[Column.Code]).Concat(byCode.Keys).ToHashSet(StringComparer.Ordinal);
        var (nextCode, order) = (1, 0);
        foreach (var row in rows)
        {
            order++;
            var (name, code) = (row[Column.UnitName], row[Column.Code]);
            if (name.Length is 0 or > 100)
            {
                errors.Add(row.Error(Column.UnitName, name.Length == 0 ? "no-name" : "long-name"));
                continue;
            }

            var named = byName.GetValueOrDefault(UnitName.Key(name));
            var node = code.Length > 0 && byCode.TryGetValue(code, out var coded) ? coded : named;
            if ((node?.Row ?? named?.Row) is { } earlier)
            {
                errors.Add(row.Error(node?.Row is not null && node.Details.Code == code ? Column.Code : Column.UnitName, "twice", earlier.Cell(Column.UnitName)));
                continue;
            }

            // A name or code that another unit gives up in the same workbook is not free yet: two acts keep that readable.
            if (named is not null && named != node)
            {
                errors.Add(row.Error(Column.UnitName, "name-taken", named.Details.Name, named.Details.Code));
                continue;
            }

            if (held.TryGetValue(UnitName.Key(name), out var holder) && holder != node)
            {
                errors.Add(row.Error(Column.UnitName, "name-alias", name, holder.Details.Name));
                continue;
            }

            if (code.Length == 0 && node is null)
            {
                while (!codes.Add(code = $"U{nextCode++:0000}"))
                {
                }
            }

            var kind = row.Stated(Column.Kind) is { } word ? OrganisationSheets.KindOf(word) : node?.Details.Kind ?? UnitKind.Other;
            if (kind is null)
            {
                errors.Add(row.Error(Column.Kind, "kind", row[Column.Kind]));
            }

            Check(row, code);
            var details = new UnitDetails(
                code.Length > 0 ? code : node!.Details.Code, name, kind ?? UnitKind.Other,
                row.Stated(Column.ShortName) ?? (node is null || node.Details.ShortName == node.Details.Name ? name : node.Details.ShortName),
                row.Stated(Column.Division) ?? node?.Details.DivisionCode ?? "", node?.Details.Order ?? order, node?.Details.Dissolved ?? false,
                row.Stated(Column.SigningName) ?? node?.Details.SigningName ?? "");
            if (node is null)
            {
                nodes.Add(node = new() { Details = details });
            }
            else
            {
                Compare(node, details);
                node.Details = details;
            }

            node.Row = row;
            byName.TryAdd(UnitName.Key(name), node);
            byCode.TryAdd(details.Code, node);
        }
    }

    private void Check(SheetRow row, string code)
    {
        if (code.Length > 16 || !code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            errors.Add(row.Error(Column.Code, "code", code));
        }

        if (row[Column.ShortName].Length > 100)
        {
            errors.Add(row.Error(Column.ShortName, "long-name"));
        }

        if (row[Column.SigningName].Length > 100)
        {
            errors.Add(row.Error(Column.SigningName, "long-name"));
        }

        var division = row[Column.Division];
        if (division.Length > 12 || !division.All(char.IsAsciiDigit))
        {
            errors.Add(row.Error(Column.Division, "division", division));
        }
    }

    private static void Compare(UnitNode node, UnitDetails now)
    {
        var was = node.Details;
        Note("Unit.Code", was.Code, now.Code);
        Note("Unit.Name", was.Name, now.Name);
        Note("Unit.ShortName", was.ShortName, now.ShortName);
        Note("Unit.Kind", was.Kind.ToString(), now.Kind.ToString());
        Note("Unit.DivisionCode", was.DivisionCode, now.DivisionCode);
        Note("Unit.SigningName", was.SigningName, now.SigningName);

        void Note(string field, string old, string changed)
        {
            if (old != changed)
            {
                node.Changes.Add(new(field, old, changed));
            }
        }
    }

    // Names as they will stand, not those that are given up.
    private void TakeNames()
    {
        foreach (var node in nodes)
        {
            held.TryAdd(UnitName.Key(node.Details.Name), node);
            ref var shortName = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(
                shortNames, UnitName.Key(node.Details.ShortName), out var taken);
            shortName = taken && shortName != node ? null : node;
        }
    }

    private void TakeParents()
    {
        var rows = nodes.Where(node => node.Row is not null).ToList();
        foreach (var node in rows)
        {
            if (node.Row!.Stated(Column.Parent) is { } text)
            {
                if (Find(text) is { } parent)
                {
                    MoveTo(node, parent);
                }
                else
                {
                    errors.Add(node.Row.Error(Column.Parent, "no-parent", text));
                }
            }
            else if (node.Existing is null && !reach.Includes(""))
            {
                errors.Add(node.Row.Error(Column.Parent, "top"));
            }
        }

        foreach (var node in rows)
        {
            if (IsInCircle(node))
            {
                errors.Add(node.Row!.Error(Column.Parent, "circle", node.Details.Name));
            }
            else if (ImportPlan.Depth(node) > Unit.DeepestLevel)
            {
                errors.Add(node.Row!.Error(Column.Parent, "deep", $"{Unit.DeepestLevel}"));
            }
            else if (!MayWrite(node))
            {
                errors.Add(node.Row!.Error(Column.UnitName, "reach", node.Details.Name));
            }
        }
    }

    private static void MoveTo(UnitNode node, UnitNode parent)
    {
        if (node.Parent != parent)
        {
            if (node.Existing is not null)
            {
                node.Changes.Add(new("Unit.ParentId", node.Parent?.Details.Name, parent.Details.Name));
            }

            node.Parent = parent;
        }
    }

    private static bool IsInCircle(UnitNode node)
    {
        var steps = 0;
        for (var above = node.Parent; above is not null && steps++ < 1_000; above = above.Parent)
        {
            if (above == node)
            {
                return true;
            }
        }

        return false;
    }

    // New units are as near as the nearest unit above them that stands already.
    private bool MayWrite(UnitNode node) => node.Fate switch
    {
        Fate.Same => true,
        Fate.Added => IsWithin(node.Parent),
        Fate.Changed => reach.Includes(node.Existing!.Path)
            && (!node.Changes.Exists(change => change.Field == "Unit.ParentId") || IsWithin(node.Parent)),
    };

    private bool IsWithin(UnitNode? node)
    {
        var steps = 0;
        while (node is { Existing: null } && steps++ < 1_000)
        {
            node = node.Parent;
        }

        return reach.Includes(node?.Existing?.Path ?? "");
    }

    private void TakeAliases()
    {
        foreach (var node in nodes.Where(node => node.Row is not null))
        {
            var cell = node.Row![Column.Aliases];
            char[] marks = cell.AsSpan().ContainsAny(BetweenAliases) ? BetweenAliases : [EnumerationComma];
            foreach (var text in cell.Split(marks, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                TakeAlias(node, text);
            }
        }
    }

    private void TakeAlias(UnitNode node, string text)
    {
        var key = UnitName.Key(text);
        var holder = held.TryGetValue(key, out var known) ? known : shortNames.GetValueOrDefault(key, node);
        if (text.Length > 100 || key.Length == 0)
        {
            errors.Add(node.Row!.Error(Column.Aliases, "alias", text));
        }
        else if (holder != node)
        {
            errors.Add(node.Row!.Error(Column.Aliases, "alias-taken", text, holder?.Details.Name ?? text));
        }
        else if (held.TryAdd(key, node))
        {
            node.NewAliases.Add(text);
            if (node.Existing is not null)
            {
                node.Changes.Add(new(AliasField, null, text));
                if (!reach.Includes(node.Existing.Path))
                {
                    errors.Add(node.Row!.Error(Column.Aliases, "reach", node.Details.Name));
                }
            }
        }
    }

    /// <summary>The unit that a cell means: by name or alias, by code, or by a short name that only one unit bears.</summary>
    private UnitNode? Find(string text)
    {
        var key = UnitName.Key(text);
        return held.TryGetValue(key, out var node) || byCode.TryGetValue(text, out node) ? node : shortNames.GetValueOrDefault(key);
    }
}
