/* bcryptprimitives.dll, which Windows 10 brings and Wine 8 does not: pydantic_core and cryptography (through Rust's
   standard library) ask it for random bytes. Wine has the same bytes under an older name. */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID buffer, ULONG length); /* RtlGenRandom of advapi32 */

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length)
{
    return SystemFunction036(buffer, (ULONG)length);
}
