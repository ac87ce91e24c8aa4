/* icuuc.dll, which Windows 10 brings since 1703 and Wine 8 does not: Qt6Core asks it for converters of text other than
   Unicode and Latin 1. The program converts no text with Qt; so this one has no converter, and says so. */
typedef int ErrorCode;
#define FILE_ACCESS_ERROR 4 /* U_FILE_ACCESS_ERROR of ICU's utypes.h */
#define EXPORT __declspec(dllexport)

static void *none(ErrorCode *error)
{
    if (error)
        *error = FILE_ACCESS_ERROR;
    return 0;
}

EXPORT void *ucnv_open(const char *name, ErrorCode *error) { return none(error); }
EXPORT const char *ucnv_getName(void *converter, ErrorCode *error) { return none(error); }
EXPORT const char *ucnv_getStandardName(const char *name, const char *standard, ErrorCode *error) { return none(error); }
EXPORT const char *ucnv_getAvailableName(int number) { return 0; }
EXPORT int ucnv_countAvailable(void) { return 0; }
/* What is asked only of a converter that was opened: it has to be there for Qt6Core to load, and is never called. */
#define NEVER_CALLED(name) EXPORT void name(void) {}
NEVER_CALLED(ucnv_close)
NEVER_CALLED(ucnv_reset)
NEVER_CALLED(ucnv_toUnicode)
NEVER_CALLED(ucnv_fromUnicode)
NEVER_CALLED(ucnv_toUCountPending)
NEVER_CALLED(ucnv_getMaxCharSize)
NEVER_CALLED(ucnv_getToUCallBack)
NEVER_CALLED(ucnv_getFromUCallBack)
NEVER_CALLED(ucnv_setToUCallBack)
NEVER_CALLED(ucnv_setFromUCallBack)
NEVER_CALLED(ucnv_cbToUWriteUChars)
NEVER_CALLED(ucnv_cbFromUWriteUChars)
NEVER_CALLED(UCNV_TO_U_CALLBACK_SUBSTITUTE)
NEVER_CALLED(UCNV_FROM_U_CALLBACK_SUBSTITUTE)
