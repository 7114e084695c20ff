using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rectify.Platform.Web;

/// <summary>What a JSON body has to hold: every member that can be neither missing nor null by its declaration. Anything else is answered 400.</summary>
/// <remarks>
/// The serializer by itself leaves a missing object null, whatever its declaration says. Members that may be null, or that have a default,
/// may be left out. What the product answers is not touched.
/// </remarks>
internal static class BodyRules
{
    public static void Demand(JsonSerializerOptions options)
    {
        options.RespectNullableAnnotations = true;
        options.TypeInfoResolver = (options.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver()).WithAddedModifier(Demand);
    }

    private static void Demand(JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            if (!member.PropertyType.IsValueType)
            {
                member.IsGetNullable = true;
            }

            member.IsRequired |= member.AssociatedParameter is { HasDefaultValue: false, IsNullable: false };
        }

        if (type is { Kind: JsonTypeInfoKind.Enumerable, ElementType.IsValueType: false })
        {
            type.OnDeserialized = DemandElements;
        }
    }

    private static void DemandElements(object list)
    {
        if (((System.Collections.IEnumerable)list).Cast<object?>().Contains(null))
        {
            throw new JsonException("A list has an element that is null.");
        }
    }
}
