using Rectify.Platform;
using Rectify.Platform.Journal;

namespace Rectify.Organisation;

/// <summary>Someone who holds a post in a unit. Has an account if they sign in.</summary>
public sealed class Person
{
    private Person() { } // for EF Core

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>A number in the staff list, if there is one; unique then.</summary>
    public string? Code { get; private set; }

    public Guid UnitId { get; private set; }

    /// <summary>1 to 60 characters. Personal data: kept out of the journal's bytes, and erasable.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The post, as 整改办主任.</summary>
    public string Post { get; private set; } = "";

    public int Version { get; private set; }

    /// <exception cref="Refusal">422: no name, or too long.</exception>
    public static Person Create(string? code, Guid unit, string name, string post)
    {
        var person = new Person();
        person.Take(code, unit, name, post);
        return person;
    }

    /// <exception cref="Refusal">422: no name, or too long.</exception>
    public void Change(string? code, Guid unit, string name, string post)
    {
        Take(code, unit, name, post);
        Version++;
    }

    private void Take(string? code, Guid unit, string name, string post)
    {
        if (name.Trim() is not { Length: > 0 and <= 60 } trimmed)
        {
            throw Refusal.Invalid("person.name", "A person's name has 1 to 60 characters.");
        }

        if (post.Trim().Length > 100)
        {
            throw Refusal.Invalid("person.post", "A post has at most 100 characters.");
        }

        if (code?.Trim().Length > 20)
        {
            throw Refusal.Invalid("person.code", "A person's number has at most 20 characters.");
        }

        (Code, UnitId, Name, Post) = (string.IsNullOrWhiteSpace(code) ? null : code.Trim(), unit, trimmed, post.Trim());
    }
}

/// <summary>What someone may do: an account in a role at a unit, for a time. It reaches all units below.</summary>
public sealed class Duty : IPartOf
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    public required Guid AccountId { get; init; }

    public required Guid UnitId { get; init; }

    public required Role Role { get; init; }

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day; <see langword="null"/> if open.</summary>
    public DateOnly? To { get; private set; }

    /// <exception cref="Refusal">422: ends before it began.</exception>
    public void End(DateOnly last) =>
        To = last >= From ? last : throw Refusal.Invalid("duty.to", "A duty cannot end before it begins.");

    Guid IPartOf.Whole => AccountId;
}
