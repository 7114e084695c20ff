using System.Collections.Frozen;

namespace Rectify.Organisation;

/// <summary>The parts that people play in a programme.</summary>
public enum Role
{
    /// <summary>系统管理员: units, people, accounts, settings. Sees no programme by this role.</summary>
    Administrator,

    /// <summary>整改办: runs the programme.</summary>
    Office,

    /// <summary>督导组: supervises on site.</summary>
    Supervisor,

    /// <summary>责任单位: does the work and reports it.</summary>
    Responsible,

    /// <summary>验收单位: accepts what was done.</summary>
    Acceptor,

    /// <summary>领导: reads everything below and signs.</summary>
    Leader,

    /// <summary>档案: reads and files.</summary>
    Archivist,

    /// <summary>Reads.</summary>
    Reader,
}

/// <summary>What one may do with items, plans or the organisation.</summary>
public enum Right
{
    /// <summary>See the record and its history.</summary>
    Read,

    /// <summary>Import plans, change items, confirm versions and record their approval.</summary>
    Plan,

    /// <summary>Record dated facts of one's own items; divide them into sub-tasks.</summary>
    Report,

    /// <summary>Record acceptance and return.</summary>
    Accept,

    /// <summary>Record notice, sign-off, closing and reopening.</summary>
    Close,

    /// <summary>Manage units, people, accounts and duties.</summary>
    Organise,

    /// <summary>Destroy a value in the history of a record. Only with a duty that reaches every unit.</summary>
    Redact,
}

/// <summary>Which role has which right, as a table: the only place that says so. The manual and the tests read it.</summary>
public static class RoleRights
{
    private static readonly FrozenDictionary<Role, Right[]> Rights = new Dictionary<Role, Right[]>
    {
        [Role.Administrator] = [Right.Organise],
        [Role.Office] = [Right.Read, Right.Plan, Right.Report, Right.Close, Right.Organise, Right.Redact],
        [Role.Supervisor] = [Right.Read],
        [Role.Responsible] = [Right.Read, Right.Report],
        [Role.Acceptor] = [Right.Read, Right.Accept],
        [Role.Leader] = [Right.Read],
        [Role.Archivist] = [Right.Read],
        [Role.Reader] = [Right.Read],
    }.ToFrozenDictionary();

    public static bool Has(Role role, Right right) => Rights[role].Contains(right);

    /// <summary>The roles that carry a right.</summary>
    public static Role[] With(Right right) => [.. Enum.GetValues<Role>().Where(role => Has(role, right))];
}
